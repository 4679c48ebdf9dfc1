"""The ledger: where everything read, decided and exported is kept."""
