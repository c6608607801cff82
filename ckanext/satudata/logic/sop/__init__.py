"""SOPs of the portal: stored, adopted, routed."""
