"""Report -> Report with one more layer: pure steps that only mark what the text shows."""
