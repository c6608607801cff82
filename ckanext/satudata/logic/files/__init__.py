"""Bytes of resources, kept by content."""
