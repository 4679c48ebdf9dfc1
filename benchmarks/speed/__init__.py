"""How fast the whole way is, and how much memory it takes."""
