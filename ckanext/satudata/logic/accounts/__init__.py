"""Accounts: logging in, passwords, second factors, sessions and tokens."""
