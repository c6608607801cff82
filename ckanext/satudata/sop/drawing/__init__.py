"""The sheet of a SOP as a drawing: a SOP in, geometry out, and writers that put it on paper.

    metrics   how wide a text is, and where it wraps
    shapes    what a drawing is made of: cells, symbols, ways, in points
    graph     lanes, symbols and ways of a SOP, without a place
    routing   where a symbol's ways leave it and come to it, and which track they take
    columns   how wide the columns of the sheet are
    rows      the rows of the table, and what they hold
    blocks    blocks of text beside each other
    plan      a table whose measures are known: where a symbol stands in it
    table     rows on a page: headings, and the text of each cell
    symbols   the symbols of a row, with their places
    ways      the ways between them, and those to another page
    legend    the legend
    head      the head block, the other parts of the sheet, the signature, the notes
    layout    all of them: one long drawing, or pages of A4
    outlines  corners of symbols and heads of arrows, which both writers draw
    describe  what a symbol shows, for those who hear the drawing
    drawn     a sheet in each of its forms
    svg, pdf  the writers of the sheet; bpmn writes the same graph as BPMN 2.0

Nothing here knows a case: which steps were visited is an argument of the SVG writer.
"""
