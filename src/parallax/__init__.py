"""Parallax: many reports about a conflict, one ledger of claims."""
