"""A gazetteer of the extract in ``data``, built once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harmledger.gazetteer import Gazetteer, open_gazetteer
from harmledger.gazetteer.build import changing
from harmledger.gazetteer.geonames import places
from harmledger.gazetteer.records import Account

EXTRACT = Path(__file__).parent / "data" / "places.txt"


def _plain_home(home: Path, dump: Path = EXTRACT) -> Path:
    """Build an index of one dump alone, without the world's larger places."""
    with changing(home) as builder:
        account = Account(dump.name)
        builder.add(account.source, places(dump, account), account)
        builder.find_seats()
        builder.note(account)
    return home


@pytest.fixture(scope="session")
def plain_home() -> Callable[..., Path]:
    """Build an index of one dump alone (the extract if none is given) in a home folder."""
    return _plain_home


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder whose gazetteer holds the extract."""
    return _plain_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def gazetteer(home: Path) -> Gazetteer:
    """The gazetteer of the extract."""
    return open_gazetteer(home)
