"""What is outside: sources of data, and the one client that fetches from them. Plain Python.

The guarded client:

    addresses  which addresses may be connected to
    location   a URL, taken apart once
    wire       one request to one judged address, within deadlines and limits
    pace       so long between two questions to a host
    content    what a body is, whatever its type says
    redact     keys, and texts without them
    client     all of them together

What is read:

    failures, sentences   what can go wrong, with stable codes, and how it is said
    record                pages, entries, records
    table, numbers        tidy tables; two ways of writing numbers, never one guess
    regions               codes that say whose numbering they follow
    words                 texts without markup
    text_table, workbook, html_table, tidy   from files to tables

Sources, each a `source.Source`, all in `kinds.KINDS`:

    bps, ckan_portal, tables_at_urls, json_api, ewalidata

How one is used:

    with Client(keys={"key": …}, allowed=AllowedHosts.read(…)) as client:
        source = KINDS["bps"](client, {"domain": "1507", "models": ["data"]})
        for page in source.pages(cursor):
            for entry in page.entries:
                record = source.read(entry)

A listing is whole when its pages came to an end and as many different guids were seen as the last
page's `total` says; where that is None nobody can tell.
"""
