"""Incidents: `Statement` values in, `Incident` values out."""
