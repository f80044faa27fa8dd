"""Span -> value: who, when, where, how much; nobody and could-be-two are legal answers."""
