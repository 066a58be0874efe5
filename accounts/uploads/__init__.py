"""Resumable uploads, as tus 1.0.0 has them: its words, and where the bytes lie meanwhile."""
