"""What the portal does every day by itself, and who does it."""
