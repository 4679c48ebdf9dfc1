"""Reports: bytes in, `Report` values out."""
