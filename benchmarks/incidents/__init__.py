"""How reports are gathered into incidents."""
