"""The page of one report, its marks, and the list of reports."""
