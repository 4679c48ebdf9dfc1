"""Exports: one walk over the ledger, a writer per format."""
