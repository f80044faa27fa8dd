"""The scope of a figure: whose, of what part, where, when, to come or meant."""
