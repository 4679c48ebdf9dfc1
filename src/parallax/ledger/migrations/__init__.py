"""The ledger's migrations, run by the program itself when a ledger is opened."""
