"""The words of a source -> whoever speaks, or nobody."""
