"""The judge: frictionless itself, what it is asked, and what is told of its answer.

asked     what is to be judged, by which schema, against which references
troubles  why a file could not be judged: stable codes and sentences
report    frictionless' report with one key more
slow      frictionless itself; whatever it raises has a code
geo       GeoJSON, which frictionless does not know
container a look at a file before anything opens it
sealed    a file judged in a process of its own, with limits
child     that process
"""
