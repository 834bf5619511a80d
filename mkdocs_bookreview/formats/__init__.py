"""Reads the files that other programs export."""
