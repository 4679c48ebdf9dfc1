"""Claims: a `Report` in, its `Claim` values out."""
