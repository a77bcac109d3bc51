"""A desk with people and tokens, and callers of its API; the real application over a real ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desks import PASSWORD
from dispatches import write_reports
from fastapi.testclient import TestClient

from harmledger.desk.people import ROLES
from harmledger.desk.tokens import SCOPES
from harmledger.desk.web.app import make_app
from harmledger.desk.workplace import Workplace
from harmledger.ledger import open_ledger

BASE = "http://127.0.0.1"


@dataclass
class Caller:
    """A program with a token."""

    client: TestClient
    secret: str

    def __call__(self, method: str, path: str, **more: Any) -> Any:
        """Ask the API, and return the answer."""
        headers = {"Authorization": f"Bearer {self.secret}", **more.pop("headers", {})}
        return self.client.request(method, f"/api{path}", headers=headers, **more)

    def get(self, path: str, **asked: Any) -> Any:
        """Return what an address tells; it must be there."""
        answer = self("GET", path, params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()


def client_of(place: Workplace) -> TestClient:
    """Return a client that is told of errors by the answer alone, as any other client is."""
    return TestClient(make_app(place), base_url=BASE, follow_redirects=False, raise_server_exceptions=False)


def caller(place: Workplace, role: str, scopes: Sequence[str] = tuple(SCOPES)) -> Caller:
    """Return a caller with a new token of a person who has a role; the scopes that the role allows."""
    person = place.people.person(role)
    assert person is not None
    told = [scope for scope in scopes if person.may(SCOPES[scope])]
    secret, _ = place.tokens.make(person, f"program {len(place.tokens.of())}", told)
    return Caller(client_of(place), secret)


@contextmanager
def open_api(folder: Path) -> Iterator[Workplace]:
    """Give a desk over the filled ledger of a folder, made where it is not there, with a person of each role."""
    new = not (folder / "ledger").exists()
    with open_ledger(folder / "ledger", by="importer") as book:
        if new:
            list(book.add_files([write_reports(folder / "reports.jsonl")]))
        desk = Workplace(book)
        if new:
            for role in ROLES:
                desk.people.join(desk.people.invite(role), role, PASSWORD)
        desk.fresh.wait(120)
        try:
            yield desk
        finally:
            desk.close()
