"""Anonymised vignettes: writing, releasing and looking after them. Pure: no discord, no SQL, no clock."""
