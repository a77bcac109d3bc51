"""harmledger: from reports of armed violence to an attributed record of harm."""
