"""Data of persons: files and rows are looked through, people answer, and open data waits for it."""
