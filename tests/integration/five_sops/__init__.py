"""The five SOPs and their chain, walked from start to end on the real services."""
