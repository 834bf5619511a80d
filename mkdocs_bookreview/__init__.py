"""Publish book reviews with MkDocs."""

__version__ = "0.1.0"
