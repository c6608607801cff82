"""Officers from a workbook: what its sheets say, read without knowing the portal."""
