"""The second reader: an OpenAI-compatible endpoint, asked only on demand and believed only where the text agrees."""
