"""Datasets and their files at the gate."""
