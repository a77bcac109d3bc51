"""Reports to claims: small stages, each of which says what it read and why."""
