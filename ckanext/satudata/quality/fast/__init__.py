"""The fast engine: frictionless' report without frictionless' walk through every cell.

frictionless opens the file (encoding, separator, heading, fields) and says what is wrong with a
value; pyarrow cuts the file into columns. Of a column, most values are accepted by a kernel that
accepts nothing frictionless would refuse; of the rest every distinct value is read once by
frictionless' own reader. Only rows with something wrong are gone through as frictionless does.
Where any of that is not sure to come out the same, `Unsure` is raised and frictionless is asked.

    unsure      why frictionless itself is asked
    opened      a file as frictionless opens it
    bytes_of    what the bytes say: hashes, quotes, zero bytes
    ahead       a stream that is not read far in advance
    pages       the rows, column by column
    readers     frictionless' reader of a column, asked once for each distinct value
    accepting   kernels: which values of a column are right for sure
    patterns    which patterns pyarrow may be trusted with
    columns     a column: its wrong values, and its keys
    keys        rows whose key may have been there before
    references  the values that a foreign key may have
    rows        a row gone through as frictionless does
    wording     errors as frictionless words them
    alike       whether a workbook is written so that all read the same in it
    books       workbooks without any error
    kernels     pyarrow's kernels, which are made when it is loaded
    plans       what rows are held against
    told        the report
    engine      all of them together
"""
