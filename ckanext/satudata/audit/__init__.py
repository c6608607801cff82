"""The hash chain that shows whether the record of events was tampered with."""
