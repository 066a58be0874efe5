"""Storing what people say and react with: a batch at a time, on either database."""
