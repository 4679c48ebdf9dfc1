"""Accounts: an `Incident` in, its `Account` values and `Tally` out."""
