"""Releases: what is shown, how the next one is prepared, and how one is taken back."""
