"""What is looked for in a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from harmledger.model import Claim, Kind


@dataclass(frozen=True, slots=True)
class Search:
    """All that is told must hold; what is left out does not narrow the search.

    ``words`` must all stand in the text, in any order and form of letter case, marks and Arabic vowels; ``"two
    words"`` in quotation marks stand side by side, and ``shell*`` is any word that begins so. ``since`` and ``until``
    are days of the harm. ``place`` and ``actor`` are words of theirs.

    >>> Search("hospital shell*", place="Marlow").words
    'hospital shell*'
    """

    words: str = ""
    place: str = ""
    since: date | None = None
    until: date | None = None
    actor: str = ""
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found, and those of its claims that the query asks for."""

    report: str
    number: int
    claims: tuple[Claim, ...] = ()
