"""Who says what: the pages of voices and their totals."""
