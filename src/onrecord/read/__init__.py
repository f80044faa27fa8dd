"""Bytes -> Report: one small pure reader for each form of input."""
