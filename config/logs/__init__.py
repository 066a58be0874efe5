"""What Medley logs, and what never gets into a log (docs/operations.md, "Logs")."""
