"""The read-only MCP server: what a language model may ask of the record, with untrusted words in typed fields alone."""
