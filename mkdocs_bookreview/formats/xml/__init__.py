"""Reads XML exports as streams of records, and refuses a file of which a part would be lost."""
