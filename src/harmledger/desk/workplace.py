"""An open desk: the ledger, its shelf, the people, and what is on its way in."""

from __future__ import annotations

from harmledger.desk.adding import Adding
from harmledger.desk.fresh import Fresh
from harmledger.desk.people import People, Session
from harmledger.desk.shelf import Shelf
from harmledger.desk.tokens import Caller, Tokens
from harmledger.desk.wizard.importing import Importing
from harmledger.ledger import Ledger

# So many looks are remembered; past that they are recorded anew, which costs lines and loses nothing.
_REMEMBERED = 100_000


class Workplace:
    """All that the pages ask. Close it when done."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        store = ledger.store
        # Under a passphrase nothing is kept in the open; on a read-only disk nothing can be.
        self.shelf = Shelf(None if store.key is not None or store.frozen else store.address.notes)
        self.people = People(store.address.notes, ledgers_key=store.key)
        self.tokens = Tokens(self.people.file)
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
        if self._first((session.csrf, f"{what} {' '.join(names)}")):
            self.ledger.record_event("look", {"at": what}, session.person.name, names)

    def looked_through(self, caller: Caller, what: str, names: list[str]) -> None:
        """Record that a program looked at restricted fields for a person; once a day and token for each thing."""
        day = str(int(self.people.file.now() // 86_400))
        if self._first((caller.token.id, f"{day} {what} {' '.join(names)}")):
            told = {"at": what[:500], "through": caller.token.name}
            self.ledger.record_event("look", told, caller.person.name, names)

    def _first(self, key: tuple[str, str]) -> bool:
        """Tell whether this was not looked at before, as far as is remembered."""
        if key in self._looked:
            return False
        if len(self._looked) >= _REMEMBERED:
            self._looked.clear()
        self._looked.add(key)
        return True
