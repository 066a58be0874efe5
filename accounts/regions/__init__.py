"""What is off in which region (R45): where somebody is, what holds there, and what that closes."""
