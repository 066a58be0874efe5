"""What people fill in on the shop's pages."""
