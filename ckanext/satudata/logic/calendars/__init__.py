"""Working calendars of offices: what they say, and who changes them."""
