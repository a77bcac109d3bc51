"""Names to places: import, index, spelling keys, resolution.

>>> from harmledger.gazetteer import Hint, open_gazetteer
>>> gazetteer = open_gazetteer()                                                    # doctest: +SKIP
>>> gazetteer.resolve("Khan Sheikhoun", Hint(within=("Idlib",))).place.name         # doctest: +SKIP
'Khan Shaykhun'
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from harmledger.gazetteer.resolution import Hint, Mention, Resolution

if TYPE_CHECKING:
    from harmledger.gazetteer.index import Entry

__all__ = ["Gazetteer", "Hint", "Mention", "Resolution", "open_gazetteer"]


class Gazetteer:
    """The gazetteers of a home folder, ready to be asked."""

    def __init__(self, home: Path) -> None:
        from harmledger.gazetteer.aliases import read_aliases
        from harmledger.gazetteer.build import index_path
        from harmledger.gazetteer.index import Index
        from harmledger.gazetteer.resolve import Resolver
        from harmledger.gazetteer.seed import ensure_index

        if not index_path(home).exists() and sys.stderr.isatty():
            print("Putting the world's larger places in order, once; this takes some seconds.", file=sys.stderr)
        self.index = Index(ensure_index(home))
        self._aliases = read_aliases(home)
        self._resolver = Resolver(self.index, self._aliases)
        self.knows = lru_cache(maxsize=100_000)(self._knows)

    def resolve(self, name: str, hint: Hint | None = None) -> Resolution:
        """Return where a name is, given what is told around it."""
        return self._resolver.resolve(name, hint or Hint())

    def resolve_report(self, mentions: Sequence[Mention], text: str = "") -> list[Resolution]:
        """Return where the places of one report are, settled together; ``text`` helps to tell its country."""
        from harmledger.gazetteer.together import resolve_together

        return resolve_together(self._resolver, mentions, text)

    def _knows(self, name: str) -> bool:
        """Return whether a gazetteer holds a place spelt so, but for case, marks and the article."""
        return self._aliases.knows(name) or self.index.knows(name)

    def areas_like(self, name: str) -> tuple[Entry, ...]:
        """Return the areas, or else the towns, that the name of a wider place may mean."""
        return self._resolver.areas_like(name, ())

    def close(self) -> None:
        """Close the index."""
        self.index.close()


def open_gazetteer(home: Path | None = None) -> Gazetteer:
    """Return the gazetteer of ``HARMLEDGER_HOME``, or of the folder told; a fresh one is built on first use."""
    from harmledger.home import home as default_home

    return Gazetteer(home or default_home())
