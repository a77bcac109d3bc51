"""Who may do what: every route refuses whom it should; passwords, links, sessions, hosts and forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import PASSWORD, Clock
from dispatches import write_reports
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from harmledger.desk.people import IDLE_S, LINK_S, LOCKED_S, MOST_FAILURES, ROLES, People
from harmledger.desk.web.app import make_app
from harmledger.desk.workplace import Workplace
from harmledger.errors import DeskError
from harmledger.ledger import open_ledger

# What each route asks for; a route that is not here fails the test, so that none is forgotten. The API's routes are
# listed in test_api_rights.py.
NEEDS = {
    "GET /": "look", "GET /sign-in": "", "POST /sign-in": "", "POST /sign-out": "look", "GET /join/{token}": "",
    "POST /join/{token}": "", "GET /language/{code}": "", "GET /queue": "restricted", "GET /queue/next": "restricted",
    "GET /merges": "restricted", "GET /report/{number}": "restricted", "GET /claim/{name}": "restricted",
    "POST /judge": "judge", "GET /record": "look", "GET /incident/{name}": "look",
    "POST /incident/{name}/names": "restricted", "GET /totals": "restricted", "GET /log": "people", "GET /map": "look",
    "GET /map/countries.json": "look", "GET /map/incidents.json": "look", "GET /map/areas.json": "look",
    "GET /map/towns.json": "look", "GET /figures": "look", "GET /figures.csv": "look", "GET /figures.svg": "look",
    "GET /add": "add", "POST /add/text": "add", "POST /add/files": "add", "GET /add/{name}": "add",
    "POST /add/{name}/stop": "add", "POST /add/{name}/go-on": "add", "POST /import": "add",
    "GET /import/{name}": "add",
    "POST /import/{name}": "add", "POST /import/{name}/take": "add", "GET /merges/nearly": "restricted",
    "POST /incident/{name}/split": "judge", "GET /timeline": "look", "GET /timeline.{form}": "look",
    "GET /incident/{name}/timeline.{form}": "restricted", "GET /figures.png": "look", "GET /map/provinces.json": "look",
    "GET /map/provinces/{code}.json": "look", "GET /map/added.json": "look",
    "GET /people": "people", "POST /people/invite": "people",
    "GET /sign-in/code": "", "POST /sign-in/code": "", "POST /me/factor/begin": "look",
    "POST /me/factor/confirm": "look", "POST /me/factor/codes": "look", "POST /me/factor/off": "look",
    "POST /people/factor/reset": "people", "POST /people/factor/require": "people",
    "POST /people/change": "people", "GET /me": "look", "POST /me/tokens": "look", "POST /me/tokens/revoke": "look",
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, built_home: Path) -> Iterator[Workplace]:
    """Give a desk over a filled ledger, with a person of every role."""
    folder = tmp_path_factory.mktemp("rights")
    with open_ledger(folder / "ledger", by="importer") as book:
        list(book.add_files([write_reports(folder / "reports.jsonl")]))
        desk = Workplace(book)
        for role in ROLES:
            desk.people.join(desk.people.invite(role), role, PASSWORD)
        desk.fresh.wait(120)
        yield desk
        desk.close()


def _client(place: Workplace, role: str = "") -> tuple[TestClient, str]:
    client = TestClient(make_app(place), base_url="http://127.0.0.1", follow_redirects=False)
    if not role:
        return client, ""
    session = place.people.sign_in(role, PASSWORD)
    client.cookies.set("harmledger_desk", session.token)
    return client, session.csrf


def _routes(place: Workplace) -> list[tuple[str, str]]:
    app = make_app(place)
    found = []
    todo = list(app.routes)
    while todo:
        route = todo.pop()
        todo += getattr(getattr(route, "original_router", None), "routes", [])
        if isinstance(route, APIRoute):
            found += [(method, route.path) for method in sorted(route.methods or ())]
    return found


def _filled(place: Workplace, path: str) -> str:
    incident = place.shelf.one("SELECT id FROM incidents ORDER BY id LIMIT 1")
    claim = place.shelf.one("SELECT id FROM claims ORDER BY id LIMIT 1")
    name = claim if path.startswith("/claim") else "none" if path.startswith(("/add", "/import")) else incident
    asked = "?west=30&south=30&east=40&north=40" if path.endswith(("towns.json", "added.json")) else ""
    path = path.replace("/provinces/{code}", "/provinces/SYR").replace("{form}", "png")
    return path.replace("{number}", "2").replace("{name}", name).replace("{code}", "ar").replace("{token}", "x") + asked


def test_no_route_is_forgotten(place: Workplace) -> None:
    """A new page must say whom it is for, here and in its handler."""
    assert sorted(f"{method} {path}" for method, path in _routes(place)) == sorted(NEEDS)


@pytest.mark.parametrize("role", ["", *ROLES])
def test_every_route_refuses_whom_it_should(place: Workplace, role: str) -> None:
    """Nobody who is not signed in gets anything; a role gets what it is for, and 403 for the rest."""
    client, csrf = _client(place, role)
    for method, path in _routes(place):
        needs = NEEDS[f"{method} {path}"]
        if not needs or path == "/sign-out":
            continue
        answer = client.request(method, _filled(place, path), data={"csrf": csrf} if method == "POST" else None)
        if not role:
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in"), path
        elif needs in ROLES[role]:
            assert answer.status_code not in (403, 500), path
        else:
            assert answer.status_code == 403, path
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_who_sees_no_restricted_fields_finds_none(place: Workplace) -> None:
    """No text, name of a victim or speaker, reason, and no point finer than some kilometres reaches that role."""
    client, _ = _client(place, "viewer_open")
    shown = "".join(
        client.get(path).text
        for path in (
            "/record", "/map", "/figures", "/figures.csv", "/map/incidents.json", "/timeline", "/timeline.svg",
            *(f"/incident/{row['id']}" for row in place.shelf.rows("SELECT id FROM incidents")),
        )
    )  # fmt: skip
    for secret in ("Lina Darwish", "civil defence", "Example Wire", "window.hit", "35.864", "Fourteen", "wire-1"):
        assert secret not in shown
    assert client.post(f"/incident/{'0' * 16}/names", data={"csrf": "x"}).status_code == 403


def test_a_form_without_its_token_changes_nothing(place: Workplace) -> None:
    """A page of another site must not judge in a person's name, by any of the three ways that are closed to it."""
    client, csrf = _client(place, "administrator")
    form = {"verb": "note", "subject": "x", "value": "y", "reason": "z"}
    before = place.ledger.counts()["judgement"]
    assert client.post("/judge", data=form).status_code == 403
    assert client.post("/judge", data=form | {"csrf": csrf + "x"}).status_code == 403
    assert (
        client.post("/judge", data=form | {"csrf": csrf}, headers={"Origin": "http://evil.example"}).status_code == 403
    )
    assert client.get("/queue", headers={"Host": "evil.example"}).status_code == 421
    assert place.ledger.counts()["judgement"] == before


def test_the_cookie_is_for_this_site_alone(place: Workplace) -> None:
    """A script cannot read it, another site cannot send it, and nothing of a page is kept by the browser."""
    client, _ = _client(place)
    answer = client.post("/sign-in", data={"name": "VIEWER", "password": PASSWORD, "back": "//evil.example"})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answer.headers["location"] == "/"
    assert answer.headers["cache-control"] == "no-store"


def test_looks_and_changes_are_logged_with_the_person(place: Workplace) -> None:
    """Who looked at a report, and who signed in, stands in the ledger's chain."""
    client, _ = _client(place, "viewer")
    client.get("/report/2")
    line = place.ledger.last_lines(1)[0]
    assert (line.kind, line.by, line.told["about"]) == ("look", "viewer", ["wire-1"])
    assert place.ledger.verify().whole


def test_wrong_passwords_lock_out_for_a_while(people: People, clock: Clock) -> None:
    """Guessing must be slow; the right password is refused too, until the time is over."""
    for _ in range(MOST_FAILURES):
        with pytest.raises(DeskError, match="wrong"):
            people.sign_in("amal", "a wrong password")
    with pytest.raises(DeskError, match="Too many"):
        people.sign_in("amal", PASSWORD)
    clock.now += LOCKED_S + 1
    assert people.sign_in("amal", PASSWORD).person.name == "Amal"


def test_sessions_end(people: People, clock: Clock) -> None:
    """A machine that is left alone must not stay open; who is stopped is out at once."""
    session = people.sign_in("Amal", PASSWORD)
    assert people.session(session.token) is not None
    clock.now += IDLE_S + 1
    assert people.session(session.token) is None
    people.join(people.invite("administrator"), "Badr", PASSWORD)
    other = people.sign_in("Badr", PASSWORD)
    people.change("Badr", "administrator", True)
    assert people.session(other.token) is None
    with pytest.raises(DeskError, match="wrong"):
        people.sign_in("Badr", PASSWORD)


def test_links_work_once_and_not_for_ever(people: People, clock: Clock) -> None:
    """A link found later in a mail must open nothing."""
    link = people.invite("viewer")
    people.join(link, "Carla", PASSWORD)
    with pytest.raises(DeskError, match="was used"):
        people.join(link, "Dina", PASSWORD)
    late = people.invite("viewer")
    clock.now += LINK_S + 1
    with pytest.raises(DeskError, match="too old"):
        people.join(late, "Dina", PASSWORD)


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("x\u202ey", PASSWORD), ("Amal", PASSWORD), ("Dina", "short")]
)
def test_a_bad_name_or_password_uses_no_link_up(people: People, name: str, password: str) -> None:
    """Who mistypes may try again with the same link."""
    link = people.invite("viewer")
    with pytest.raises(DeskError):
        people.join(link, name, password)
    assert people.link(link) == ("viewer", "")


def test_the_last_administrator_stays(people: People) -> None:
    """A desk that nobody can administer cannot be mended from within."""
    with pytest.raises(DeskError, match="last administrator"):
        people.change("Amal", "viewer", False)
    with pytest.raises(DeskError, match="last administrator"):
        people.change("Amal", "administrator", True)


def test_the_file_opens_no_door(people: People, tmp_path: Path) -> None:
    """No password, link or session can be read out of the file, and nobody else may read it."""
    link, session = people.invite("viewer"), people.sign_in("Amal", PASSWORD)
    path = tmp_path / "desk-people.db"
    held = path.read_bytes()
    for secret in (PASSWORD, link, session.token):
        assert secret.encode() not in held
    assert b"$argon2id$" in held
    assert path.stat().st_mode & 0o077 == 0
