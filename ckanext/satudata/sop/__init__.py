"""The SOP room: a file in, a checked object out; where a case stands and what may happen next.

    source      text, places, and the traps of YAML
    definition  what the file holds, in the words of the sheet
    cells       faults between cells that must agree
    meaning     faults that only the whole sheet shows
    formats     what was stored in an earlier format, in today's
    load        all of them together
    schema      what an editor needs to complete and check a file
    faults      a code and a sentence for each of them
    hints       what it then tells an official
    statuses    what data is called while it is judged
    moves       the rule table
    events      what happened in a case, as it is stored
    projection  events in, state out
    case        events and the state they project to
    visits      what an open visit says of itself
    onward      where datasets go
    timing      when a release may be shown
    notices     who is told of what happens
    reminders   which reminders of a clock are due now
    worktime/   norms, working calendar, when something is due, the clocks of a case
    differences what one revision says otherwise than another
    revisions   whether a running case may go on by another revision
    adopting    what an office must know before it puts a SOP in force
    approving   whose word puts data before the public
    sheet       the sheet as it is drawn
    drawing     the sheet as SVG, PDF and BPMN
    decide      an attempt against the table: a decision, or the rule that refuses it
    acts        the same from the state of a case
    beside      the acts that end no visit

Plain Python: no CKAN, no database, no clock.
"""
