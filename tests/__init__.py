"""The tests mirror `src/parallax/`."""
