"""How many of the places that reports name are found, and found in the right spot."""
