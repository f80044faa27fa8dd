"""Attributions by rule: cues of the lexicon, the constructions that they take, and which of them to trust."""
