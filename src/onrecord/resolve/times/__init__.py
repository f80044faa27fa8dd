"""Time expressions -> calendar values against what they are counted from."""
