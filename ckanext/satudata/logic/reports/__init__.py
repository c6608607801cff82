"""The register of cases and the activity report."""
