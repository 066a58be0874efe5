"""Words that people do not want to read, and what looks like spam: decided purely, counted once."""
