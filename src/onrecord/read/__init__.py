"""Bytes -> Report: one small pure reader for each form of input.

`fetch.open_inputs` is the one door to the outside; it gives names and bytes. `choose.read_any` looks at the bytes,
picks a reader and gives back readings and failures; everything between is pure.
"""
