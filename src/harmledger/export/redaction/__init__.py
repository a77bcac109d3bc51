"""What of the record goes out to whom: profiles as data, and cases that hold no more than their profile shows.

Every exporter is handed cases that were redacted already, so that none can write what is withheld.
"""

from __future__ import annotations

from harmledger.export.redaction.names import Names
from harmledger.export.redaction.profile import SHIPPED, Profile, read_profile
from harmledger.export.redaction.redact import Redactor

__all__ = ["SHIPPED", "Names", "Profile", "Redactor", "read_profile"]
