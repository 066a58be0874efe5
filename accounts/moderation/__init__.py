"""Reports, cases, decisions and what follows from them (R40-R43).

`cases` (opened, claimed, annotated) -> `deciding` (acts, a statement for the person; confirmed,
undone) -> `consequences` (what the decisions in force say together). `appeals` lead back into the
queue, to somebody else.
"""
