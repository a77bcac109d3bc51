"""What people and programs get to see of reports, claims, incidents and the record; pure functions, nothing is read."""
