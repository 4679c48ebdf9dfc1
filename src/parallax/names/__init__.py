"""Names: what claims name, resolved to `Place`, `Actor` and `Voice` values."""
