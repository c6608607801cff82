"""Cases as CKAN runs them: opened, acted on, handed over, told."""
