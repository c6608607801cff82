"""Passwords, second factors and secrets, without CKAN: values and the time in, answers out."""
