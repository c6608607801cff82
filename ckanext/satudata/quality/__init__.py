"""The quality room: a file in, what is found in it out.

    identifiers    what NIK, NIP, NPWP and telephone numbers are made of
    heading_words  which words of headings tell of a person
    headings       where a sheet has its headings
    findings       what is told, where, and the sentences for it
    limits         how much of a file is looked at, and for how long
    texts          rows of a text table
    first_rows     headings and first rows of a table
    workbooks      rows of a workbook, weighed before it is opened
    tally          what was counted in a column, and whether that is enough to say it
    columns        a table's cells, looked through column by column
    personal_data  all of them together
    check          a file judged by a Table Schema: the fast engine where it is sure, or the judge
    judge/         frictionless itself, and the sealed process around it
    fast/          the same report sooner

Plain Python: no CKAN, no database. What goes in and out is plain data, so that a process of its
own can do the work.
"""
