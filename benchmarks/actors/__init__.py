"""How many of the parties that reports name, by name or by words that several go by, are told right."""
