"""What an office does again and again by its SOP: opened by itself, confirmed by a person."""
