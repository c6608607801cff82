"""Open visits as an inbox."""
