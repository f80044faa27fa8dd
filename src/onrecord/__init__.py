"""onrecord puts a developing story on the record: who said what, when, how sure, and what changed."""

__version__ = "0.1.0"
