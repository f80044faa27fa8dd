"""Trains the taggers that find source, cue and content of an attribution."""
