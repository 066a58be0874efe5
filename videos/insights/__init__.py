"""What creators are told of their videos: counted by jobs, day by day; read by pages."""
