"""Tables `satudata_*`, and the way from rows to the rooms' objects and back.

Nothing here commits: the action that was called does, once.
"""
