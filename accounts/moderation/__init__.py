"""Reports, cases, decisions and what follows from them (R40-R43)."""
