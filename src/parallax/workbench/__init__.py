"""The workbench: pages that read the ledger and render it."""
