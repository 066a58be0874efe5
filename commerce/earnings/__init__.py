"""What creators and shops read about their money: from where it came, and where it went."""
