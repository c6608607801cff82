"""Data that is to be updated: asked of its agency, answered, told to the office and the public."""
