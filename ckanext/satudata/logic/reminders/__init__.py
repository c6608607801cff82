"""Reminders of clocks, and to whom they go."""
