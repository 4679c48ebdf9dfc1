"""The questions that a ledger answers, by what they are about; `Ledger` answers all of them."""
