"""People's rights to their data (R46): a copy of all of it, and its end; and how long anything is
kept at all."""
