"""The desk: a workbench in the browser over the ledger. What it decides stands here; ``web`` only shows it."""
