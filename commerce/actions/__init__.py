"""What people do in the shop: one module per noun."""
