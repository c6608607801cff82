"""The kamus data of tables: read, proposed, taken over, saved, printed."""
