"""The SOP room: a file in, a checked object out; where a case stands and what may happen next.

    source      text, places, and the traps of YAML
    definition  what the file holds, in the words of the sheet
    cells       faults between cells that must agree
    meaning     faults that only the whole sheet shows
    formats     what was stored in an earlier format, in today's
    load        all of them together
    schema      what an editor needs to complete and check a file
    hints       what it then tells an official
    statuses    what data is called while it is judged
    moves       the rule table
    case        events and the state they project to
    worktime/   norms, working calendar, when something is due, the clocks of a case
    differences what one revision says otherwise than another
    drawing     the sheet as SVG, PDF and BPMN
    acts        an attempt against the table: a decision or a refusal

Plain Python: no CKAN, no database, no clock.
"""
