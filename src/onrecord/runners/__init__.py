"""Adapters that run the steps over many reports."""
