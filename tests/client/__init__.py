"""A client of Medley as an app has one: it keeps a copy, works without a line, and comes to agree
(docs/sync.md). Tests drive it; `make chaos` listens through it."""
