"""The shop in the admin: it reads, and calls actions."""
