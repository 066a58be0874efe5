"""The REST door of videos: shapes in, one verb, videos out; a module for each noun."""
