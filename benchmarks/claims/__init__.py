"""How well and how fast claims are read, against the reports annotated by hand."""
