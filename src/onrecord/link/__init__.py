"""Statements -> links between them, each with its reasons."""
