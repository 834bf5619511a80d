"""Reads XML exports as streams of records, and refuses a file if a part of it would be lost."""
