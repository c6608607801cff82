"""Input of each action of ours, checked before anything is done."""
