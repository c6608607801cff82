"""Notices: who is told of what, how it is worded, and how it reaches him."""
