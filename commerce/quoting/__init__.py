"""What things cost together: pure sums, and what is read for them."""
