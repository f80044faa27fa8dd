"""The reading room: pages, and an API of the same objects, over one record."""
