"""The desk's pages: a page is a template and a short handler; nothing is decided here."""
