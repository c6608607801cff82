"""Working time: what a norm asks for, when an office works, and when something is due.

    norms     the time norm of a row, as a value
    hours     the office hours of a week
    national  national holidays and cuti bersama, from the `holidays` package
    calendar  the working calendar of an office: which minutes are working time
    due       norm + opening + calendar -> when it is due
    totals    whether the rows of a sheet fit its total time
    rounds    the periods of a duty that comes again
    standing  how a clock stands at a moment
    clocks    the clocks of a case, from its definition and its state

Times come in and go out in UTC without zone; inside they are local. Nothing asks for the time.
"""
