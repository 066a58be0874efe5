"""What holds the sockets of one process: who hears what, and how it reaches them."""
