"""What is measured: Medley, the floors beneath it, and what else people build chats with."""
