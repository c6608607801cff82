"""The demo: what invented people would do on a new portal, done over HTTP by a program.

Run by `./portal demo`. Nothing is written into tables; every step looks first what is there, so
that a run goes on where another one ended, wherever that was.
"""
