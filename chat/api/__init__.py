"""The REST door of chat: shapes in, one verb, cards out; a module for each noun."""
