"""The kamus data: what each column of a table is, as a Table Schema with properties of our own.

    kinds        the types of Table Schema, and what each of them takes
    properties   what is asked of a column, and where that comes from
    table        a kamus data as a value: its columns, its text, its sha256
    faults       what is wrong or missing, where, in one sentence each
    checks       the rules
    constraints  what limits the values of a column
    exchange     JSON in and out
    marks        signs that stand for a missing value
    numbers      how the numbers of a column are written
    days         how the days of a column are written
    guessing     the type of a column from its heading and samples
    proposing    a first kamus data for a file
    taking       what is taken over from another kamus data, by the names of the columns
    differences  what changed between two versions
    forms        what the forms of Peraturan BPS 5/2020 have in common
    ms_var, ms_ind, ms_keg   their fields, filled

Plain Python: columns and samples come in as values, whoever read them.
"""
