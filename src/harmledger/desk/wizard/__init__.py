"""The import wizard: a spreadsheet of reports or of coded incidents, its columns mapped, its rows checked one by one.

It knows no web. Nothing is guessed without being shown, and a row that cannot be read stops no other row.
"""
