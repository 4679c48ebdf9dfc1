"""Casualty ranges against published ones."""
