"""What is outside: sources of data, and the one client that fetches from them. Plain Python.

addresses  which addresses may be connected to
location   a URL, taken apart once
wire       one request to one judged address, within deadlines and limits
pace       so long between two questions to a host
content    what a body is, whatever its type says
redact     keys, and texts without them
client     all of them together: the guarded client
failures   what can go wrong, with stable codes
"""
