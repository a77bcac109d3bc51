"""An open desk: the ledger, its shelf, the people, and what is on its way in."""

from __future__ import annotations

from harmledger.desk.adding import Adding
from harmledger.desk.fresh import Fresh
from harmledger.desk.people import People, Session
from harmledger.desk.shelf import Shelf
from harmledger.desk.wizard.importing import Importing
from harmledger.ledger import Ledger


class Workplace:
    """All that the pages ask. Close it when done."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        store = ledger.store
        # Under a passphrase nothing is kept in the open; on a read-only disk nothing can be.
        self.shelf = Shelf(None if store.key is not None or store.frozen else store.address.notes)
        self.people = People(store.address.notes)
        self.fresh = Fresh(ledger, self.shelf)
        self.adding = Adding(ledger, self.fresh)
        self.importing = Importing(ledger, self.adding)
        self._looked: set[tuple[str, str]] = set()

    def close(self) -> None:
        """Let go of the thread and the files."""
        self.fresh.stop()
        self.shelf.close()
        self.people.close()

    def looked(self, session: Session, what: str, names: list[str]) -> None:
        """Record that a person looked at restricted fields of something; once a session for each thing."""
        key = (session.csrf, f"{what} {' '.join(names)}")
        if key not in self._looked:
            self._looked.add(key)
            self.ledger.record_event("look", {"at": what}, session.person.name, names)
