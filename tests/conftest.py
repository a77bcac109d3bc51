"""What all tests share: a home of their own with the gazetteer built once, so that nobody's own home is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledgers import postgres as postgres
from ledgers import where as where


@pytest.fixture(scope="session", autouse=True)
def places_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Name one home for the whole run. Building its gazetteer takes seconds, so each test does not do it again."""
    home = tmp_path_factory.mktemp("home")
    before = os.environ.get("HARMLEDGER_HOME")
    os.environ["HARMLEDGER_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["HARMLEDGER_HOME"]
    else:
        os.environ["HARMLEDGER_HOME"] = before


@pytest.fixture(scope="session")
def built_home(places_home: Path) -> Path:
    """Return the home, its gazetteer built."""
    subprocess.run([sys.executable, "-m", "harmledger.cli", "gazetteer", "list"], check=True, capture_output=True)
    return places_home
