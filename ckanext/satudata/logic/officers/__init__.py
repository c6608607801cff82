"""Officers: who holds what, and who brings them in."""
