"""The page of one incident, its parts, and the dossier to print."""
