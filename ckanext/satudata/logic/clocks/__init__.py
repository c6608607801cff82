"""Clocks of cases as the API and the pages read them."""
