"""Ledgers to test with: each test that takes ``where`` runs on SQLite, under a passphrase, and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import Server, binaries, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Give a PostgreSQL server, or skip loudly."""
    if binaries() is None:
        pytest.skip("PostgreSQL 15 or newer is not installed (apt-get install postgresql): its tests did not run")
    with server() as running:
        yield running


@pytest.fixture(params=["sqlite", "locked", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path, built_home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the address of a ledger that is not there yet."""
    monkeypatch.setenv("HARMLEDGER_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HARMLEDGER_LEDGER", raising=False)
    monkeypatch.delenv("HARMLEDGER_PASSPHRASE", raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "gazetteer").symlink_to(built_home / "gazetteer")
    if request.param == "postgresql":
        server_: Server = request.getfixturevalue("postgres")
        return server_.database()
    folder = tmp_path / "ledger"
    if request.param == "locked":
        from harmledger.ledger import lock_new

        monkeypatch.setenv("HARMLEDGER_PASSPHRASE", "four words in a row")
        lock_new(folder, "four words in a row")
    return str(folder)
