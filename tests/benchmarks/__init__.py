"""The measuring itself."""
