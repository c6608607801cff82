"""What a release holds: the approved content of a dataset, its digest, and what changed in it."""
