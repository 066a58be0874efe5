"""One player that the people of a conversation share."""
