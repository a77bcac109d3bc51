"""Which engine reads: its name, and a hash of the code, lexicons and weights it reads with; and which gazetteer."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import harmledger
from harmledger.extract.engine import ENGINE
from harmledger.home import home

_ROOMS = ("counts.py", "dates.py", "places.py", "model.py", "vocabulary", "gazetteer", "extract", "match", "reconcile")
# These bring gazetteers in and show them; they read nothing in a report.
_ASIDE = frozenset(["commands.py", "download.py", "adding.py"])


@cache
def engine_id() -> str:
    """Return the engine's name and what it is made of: ``harmledger-en-1 3f9a…``."""
    root = Path(harmledger.__file__).parent
    made = hashlib.sha256()
    for room in _ROOMS:
        place = root / room
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if file.is_file() and file.suffix != ".pyc" and file.name not in _ASIDE:
                made.update(file.relative_to(root).as_posix().encode() + b"\0")
                made.update(hashlib.sha256(file.read_bytes()).digest())
    return f"{ENGINE} {made.hexdigest()[:16]}"


def gazetteer_id() -> str:
    """Return what the home folder's gazetteer is made of: the files that were added and the confirmed spellings."""
    from harmledger.gazetteer import open_gazetteer
    from harmledger.gazetteer.aliases import alias_path

    gazetteer = open_gazetteer()
    try:
        sources = [list(source[:3]) for source in gazetteer.index.sources()]
    finally:
        gazetteer.close()
    spellings = alias_path(home())
    told = spellings.read_bytes() if spellings.exists() else b""
    return hashlib.sha256(repr(sources).encode() + told).hexdigest()[:16]
