"""Links for those without an account."""
