"""A claim in words held against reports: agree, disagree, discuss, unrelated."""
