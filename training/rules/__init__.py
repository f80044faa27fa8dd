"""Counts and fits the numbers that the attribution rules ship with: shares of cues.tsv, weights of attribution.toml."""
