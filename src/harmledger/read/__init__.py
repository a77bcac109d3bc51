"""Files, pages and tables to reports."""
