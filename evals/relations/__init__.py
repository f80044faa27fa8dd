"""The project's own set of relations across reports: items.jsonl, its guideline README.md, and its scorer."""
