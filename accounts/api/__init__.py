"""The REST door of accounts: people and what is theirs, and uploads for whatever app takes them."""
