"""Incidents to entries of the record: ranges, independence, grade."""
