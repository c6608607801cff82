"""Pages: they ask actions and show the answers; they decide nothing."""
