"""Satu Data for CKAN: the office's SOP is the program that runs."""
