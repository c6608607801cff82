"""BPS Web API: the national statistics office and its offices in the regions.

api        addresses, envelopes, and errors that come with status 200
dynamic    values of a variable: keys matched by the product of the lists
simdasi    tables of "Daerah Dalam Angka"; the shape of a table is unproven
census     census data
items      publications, press releases, news, static tables, indicators
catalogue  domains, subjects and variables, to choose from
reading    an entry made a record
source     all of them as one source
"""
