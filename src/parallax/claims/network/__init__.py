"""The network as trained and exported: its numbers, the word pieces it reads, and its card."""
