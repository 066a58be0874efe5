"""What becomes of addresses in what people write: found, made links, shown as cards."""
