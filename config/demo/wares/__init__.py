"""The things themselves: each a function that puts one together on a sheet, in a colour."""
