"""What leaves the portal after a commit: notes, who delivers them, and what the index is told."""
