"""Reports brought in by the workbench."""
