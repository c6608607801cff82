"""Proof: the record of events checked, signed, exported; what was tried and refused; erasure."""
