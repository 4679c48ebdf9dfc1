"""How long the pages of the workbench take on a large ledger."""
