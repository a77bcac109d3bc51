"""What tests of the desk share: a browser, a running desk, callers of its API, a file of people and its clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from apis import open_api
from desks import PASSWORD, Clock, Desk, Sitting, chromium, open_desk

from harmledger.desk.people import People
from harmledger.desk.workplace import Workplace


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give one browser for all."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, built_home: Path) -> Iterator[Desk]:
    """Give a desk over a ledger of invented dispatches."""
    with open_desk(tmp_path_factory.mktemp("desk"), built_home) as running:
        yield running


@pytest.fixture(scope="module")
def amal(browser: Any, desk: Desk) -> Sitting:
    """Give the administrator's browser."""
    sitting = Sitting(browser, desk)
    sitting.join(desk.link, "Amal Haddad")
    return sitting


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, built_home: Path) -> Path:
    """Give a folder with a filled ledger, for each test to take a copy of."""
    folder = tmp_path_factory.mktemp("made")
    with open_api(folder):
        return folder


@pytest.fixture
def place(tmp_path: Path, made: Path) -> Iterator[Workplace]:
    """Give a desk over a copy of the filled ledger, with a person of every role."""
    copytree(made / "ledger", tmp_path / "ledger")
    with open_api(tmp_path) as desk:
        yield desk


@pytest.fixture
def clock() -> Clock:
    """Give a clock."""
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> Iterator[People]:
    """Give a file of people with one administrator."""
    made = People(tmp_path, clock)
    made.join(made.invite("administrator"), "Amal", PASSWORD)
    yield made
    made.close()
