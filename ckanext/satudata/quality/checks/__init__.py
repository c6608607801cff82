"""The Indonesian checks: what frictionless does not look for, in words an agency understands.

table     all checks; the command's list, the documentation and the tests are made from it
base      what a check of cells is: a vectorised and a row form
spelling  patterns that both forms read alike
numbers   thousands, decimals, Rp, brackets, marks, ribu and juta
dates     months in words, day and month exchanged
marks     marks for a missing value, and what they mean
codes     lost zeros, E notation, rounding
regions   codes of Kemendagri and BPS against reference lists
rows      totals, sources and notes among the data
sheets    titles, headings, units; and what a check of a sheet is
sums      whether totals add up
periods   one period told twice
releases  what changed since the release before
personal  data of persons, by the detector of this room
layout    where headings and data are, and what the columns hold
plain     cells about which there is nothing to say
failed    formulas that failed
faults    formulas without a value, which calamine does not tell
reading   the tables of a file, in lots
cells     a lot: rows that are looked at together
walk      the checks over a table, by columns or by rows
said      a finding: place, example, sentences
listing   the table, for the command that lists it
section   all of them together: the section of the report
"""
