"""Servers that stand in for those outside: real HTTP on loopback, made-up values, faults."""
