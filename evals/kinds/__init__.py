"""Kinds of error, told by the spans alone; what each means in words, with a made-up example, stands in kinds.toml."""
