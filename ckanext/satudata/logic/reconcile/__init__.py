"""Whether what the portal keeps in several places agrees; the oracle after any fault."""
