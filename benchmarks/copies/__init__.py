"""How well copies are found, and how many in what time and memory."""
