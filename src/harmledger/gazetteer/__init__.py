"""Names to places: import, index, spelling keys, resolution."""
