"""From what people upload to what a message shows: limits, pictures, voice, films, albums."""
