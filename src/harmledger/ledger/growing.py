"""The matching of a ledger, kept beside it so that a day's reports cost a day's work: a cache that may be thrown away.

``matching.db`` holds what was compared, ``matching.json`` what it was made from. Under a passphrase nothing is kept:
it would tell what the passphrase hides, and everything is matched anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from harmledger.errors import MatchingStateError
from harmledger.ledger.originals import shred
from harmledger.ledger.store import Store
from harmledger.model import Event, Incident

if TYPE_CHECKING:
    from harmledger.judged import Standing
    from harmledger.match.matcher import Matcher

# What the desk keeps beside the ledger for its pages; it, too, may be thrown away.
SHELF = "desk-shelf.db"
FILE, NOTE, LOCK = "matching.db", "matching.json", "matching.lock"


@dataclass(slots=True)
class Known:
    """What the kept matching was made from: ``basis`` as in ``matching.basis``, how many readings and the last.

    ``corrected`` names the reports whose claims persons corrected, with a hash of how they were entered.
    """

    basis: str = ""
    count: int = 0
    last: int = 0
    corrected: dict[str, str] = field(default_factory=dict)


class Growing:
    """A matcher that goes on where it was. ``exact`` is False where all has to be compared with what is kept."""

    def __init__(self, store: Store, noted: bytes | None) -> None:
        from harmledger.match.matcher import Matcher

        self._folder = None if store.key is not None or store.frozen else store.address.notes
        self.known = _read(self._folder) if self._folder else Known()
        self.exact = bool(noted) and self.known.basis.encode() == noted
        self.matcher: Matcher
        path = self._folder / FILE if self._folder else None
        if path is not None and not self.exact:
            throw_away(self._folder)
            self.known = Known()
        try:
            self.matcher = Matcher(path=path)
        except MatchingStateError:
            throw_away(self._folder)
            self.known, self.exact = Known(), False
            self.matcher = Matcher(path=path)
        if path is not None:
            with suppress(OSError):
                path.chmod(0o600)

    def add(self, events: Sequence[Event]) -> None:
        """Add what new reports tell."""
        self.matcher.add(events)

    def correct(self, told: Mapping[str, tuple[str, Sequence[Event]]]) -> None:
        """Enter anew the reports whose claims were corrected, or are so no longer, with a hash of what they tell."""
        changed = {report: each for report, each in told.items() if self.known.corrected.get(report) != each[0]}
        self.matcher.replace_all({report: events for report, (_, events) in changed.items()})
        self.known.corrected |= {report: made for report, (made, _) in changed.items()}

    def judge(self, stands: Standing) -> None:
        """Let these judgements stand."""
        self.matcher.judge(stands)

    def changed(self) -> tuple[list[Incident], list[str]]:
        """Return the incidents that may have changed, and the ids that are none any more."""
        return self.matcher.changed()

    def keep(self, basis: bytes, count: int, last: int) -> None:
        """Keep what is known now, after what came of it was written."""
        if self._folder is None:
            return
        self.known.basis, self.known.count, self.known.last = basis.decode(), count, last
        note = self._folder / NOTE
        try:
            # A kill between the two leaves a note that fits no basis, and all is compared the next time.
            note.unlink(missing_ok=True)
            self.matcher.save()
            part = note.with_suffix(".json.part")
            part.write_text(json.dumps(asdict(self.known)))
            part.replace(note)
        except (OSError, MatchingStateError):
            throw_away(self._folder)

    def close(self) -> None:
        """Let go of the file."""
        self.matcher.close()


def throw_away(folder: Path | None) -> None:
    """Overwrite and remove what is kept: it holds the words of reports."""
    if folder is None:
        return
    for path in (*folder.glob(f"{FILE}*"), folder / NOTE):
        with suppress(OSError):
            shred(path)


def _read(folder: Path) -> Known:
    try:
        return Known(**json.loads((folder / NOTE).read_text()))
    except (OSError, ValueError, TypeError):
        return Known()
