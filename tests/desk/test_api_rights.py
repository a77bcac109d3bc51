"""Who may do what through the API: every call refuses whom it should, role by role and scope by scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from apis import BASE, Caller, caller, client_of, open_api
from desks import PASSWORD

from harmledger.desk.people import ROLES
from harmledger.desk.tokens import SCOPES, Tokens
from harmledger.desk.web.api import door
from harmledger.desk.web.api.app import make_api
from harmledger.desk.workplace import Workplace
from harmledger.errors import DeskError
from harmledger.model import Judgement

# The right that each call asks for; a call that is not here fails the test, so that none is forgotten.
NEEDS = {
    "GET /": "", "GET /openapi.json": "", "GET /reports": "restricted", "GET /reports/{number}": "restricted",
    "GET /reports/{number}/original": "restricted", "GET /search": "restricted", "POST /reports": "add",
    "POST /files": "add", "GET /claims": "restricted", "GET /claims/{name}": "restricted", "GET /totals": "restricted",
    "GET /incidents": "look", "GET /incidents/{name}": "look", "GET /incidents/{name}/names": "restricted",
    "GET /judgements": "restricted", "GET /judgements/{name}": "restricted", "POST /judgements": "judge",
    "GET /export/{format}": "look",
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, built_home: Path) -> Iterator[Workplace]:
    """Give a desk over a filled ledger, with a person of every role."""
    with open_api(tmp_path_factory.mktemp("api")) as desk:
        yield desk


def _calls(place: Workplace) -> list[tuple[str, str]]:
    found, todo = [], list(make_api(place).routes)
    while todo:
        route = todo.pop()
        todo += getattr(getattr(route, "original_router", None), "routes", [])
        found += [(method, str(getattr(route, "path", ""))) for method in sorted(getattr(route, "methods", None) or ())]
    return found


def _ask(place: Workplace, by: Caller, method: str, path: str) -> Any:
    incident = place.shelf.one("SELECT id FROM incidents ORDER BY id LIMIT 1")
    claim = place.shelf.one("SELECT id FROM claims ORDER BY id LIMIT 1")
    filled = path.replace("{number}", "2").replace("{format}", "csv")
    filled = filled.replace("{name}", claim if "/claims" in path else "J1" if "/judgements" in path else incident)
    more: dict[str, Any] = {}
    if (method, path) == ("POST", "/files"):
        more["content"] = b"Two people were killed in Harem on 2 May 2030."
    elif method == "POST":
        told = {"verb": "note", "subject": claim, "value": "seen"} if "judge" in path else {"text": "Nothing happened."}
        more["json"] = told
    return by(method, filled, **more)


def test_no_call_is_forgotten(place: Workplace) -> None:
    """A new call must say whom it is for, here and in its handler."""
    assert sorted(f"{method} {path}" for method, path in _calls(place)) == sorted(NEEDS)


@pytest.mark.parametrize("role", ROLES)
def test_every_call_refuses_whom_it_should(place: Workplace, role: str) -> None:
    """A token does what its scopes and the person's role both allow, and 403 tells of all the rest."""
    for scopes in (*((scope,) for scope in SCOPES), ("read", "judge"), tuple(SCOPES)):
        rights = {SCOPES[scope] for scope in scopes} & ROLES[role]
        if not rights:
            continue
        by = caller(place, role, scopes)
        for method, path in _calls(place):
            answer = _ask(place, by, method, path)
            needs = NEEDS[f"{method} {path}"]
            if not needs or needs in rights:
                assert answer.status_code in (200, 201, 404), (scopes, path, answer.text)
            else:
                assert answer.status_code == 403, (scopes, path)
                assert answer.json()["type"] == "/api/#problem-scope"
                assert answer.headers["content-type"] == "application/problem+json"


def test_nothing_but_a_token_opens(place: Workplace) -> None:
    """No cookie of a signed-in person, no token in the address, no half of one, and no page of another site."""
    client = client_of(place)
    session = place.people.sign_in("administrator", PASSWORD)
    client.cookies.set("harmledger_desk", session.token)
    good = caller(place, "administrator").secret
    for headers in (
        {}, {"Authorization": session.token}, {"Authorization": f"Bearer {session.token}"},
        {"Authorization": f"Basic {good}"}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {good[:-1]}"},
    ):  # fmt: skip
        answer = client.get(f"/api/incidents?token={good}", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.json()["type"] == "/api/#problem-token"
        assert client.post("/api/nowhere", headers=headers, content=b"x").status_code == 401
    for method, path in _calls(place):
        if NEEDS[f"{method} {path}"]:
            assert _ask(place, Caller(client_of(place), "hl_wrong"), method, path).status_code == 401, path
    other = {"Authorization": f"Bearer {good}", "Origin": "http://evil.example"}
    assert client.post("/api/reports", headers=other, json={"text": "x"}).status_code == 403
    evil = client.get("/api/incidents", headers={"Authorization": f"Bearer {good}", "Host": "evil.example"})
    assert (evil.status_code, evil.headers["content-type"]) == (421, "application/problem+json")
    assert "access-control-allow-origin" not in client.get("/api/incidents", headers=other).headers


def test_wrong_tokens_are_slowed_down_and_right_ones_are_not(place: Workplace) -> None:
    """Whoever guesses must wait; a program with a right token from the same address must not."""
    good = caller(place, "viewer")
    wrong = Caller(good.client, "hl_wrong")
    told = [wrong("GET", "/incidents").status_code for _ in range(door.MOST_WRONG + 2)]
    assert told == [401] * door.MOST_WRONG + [429] * 2
    assert int(wrong("GET", "/incidents").headers["retry-after"]) in range(1, door.WRONG_S + 1)
    assert good("GET", "/incidents").status_code == 200


def test_who_sees_no_restricted_fields_finds_none(place: Workplace) -> None:
    """No text, name, speaker, outlet or fine point reaches that role, by any call, order, error or export."""
    by = caller(place, "viewer_open")
    ids = [row["id"] for row in place.shelf.rows("SELECT id FROM incidents")]
    paths = [
        "/incidents", "/incidents?sort=place&limit=1", "/incidents?query=place:Saraqib", "/openapi.json", "/",
        *(f"/incidents/{name}" for name in ids), "/claims", "/reports/2", "/search?words=market", "/judgements",
    ]  # fmt: skip
    shown = "".join(f"{(answer := by('GET', path)).text} {answer.headers.get('link')}" for path in paths)
    for secret in ("Lina Darwish", "civil defence", "Example Wire", "window.hit", "35.864", "Fourteen", "wire-1"):
        assert secret not in shown
    fine = [row["title"] for row in place.shelf.rows("SELECT title FROM incidents WHERE coarse <> title")]
    assert fine
    assert not [name for name in fine if f'"name":"{name}"' in shown]
    assert by("GET", "/export/csv?profile=partners").status_code == 403
    packed = by("GET", "/export/jsonl?profile=public").content
    assert b"Saraqib" not in packed


def test_asking_tells_no_more_than_reading(place: Workplace) -> None:
    """Who is shown no village must not find out, by asking for each, in which one something happened."""
    place.ledger.judge(
        Judgement("place", place.shelf.one("SELECT id FROM incidents LIMIT 1"), value="35.9,36.6", by="t", reason="x")
    )
    place.fresh.wait(60)
    by = caller(place, "viewer_open")
    client = client_of(place)
    session = place.people.sign_in("viewer_open", PASSWORD)
    client.cookies.set("harmledger_desk", session.token)
    hidden = place.shelf.rows("SELECT title, coarse FROM incidents WHERE title <> coarse AND title <> ''")
    assert hidden
    for row in hidden:
        assert by.get("/incidents", query=f'place:"{row["title"]}"')["items"] == []
        assert "/incident/" not in client.get("/record", params={"place": row["title"]}).text
    assert len(by.get("/incidents", query="place:saraqib")["items"]) >= 2
    assert by.get("/incidents", query="place:SY")["items"]
    assert "/incident/" in client.get("/record", params={"place": "saraqib"}).text
    shown = re.findall(r"/incident/([0-9a-f]+)", client.get("/record", params={"sort": "place"}).text)
    wanted = place.shelf.rows("SELECT id FROM incidents ORDER BY coarse IS NULL, coarse, id")
    assert list(dict.fromkeys(shown)) == [row["id"] for row in wanted]


def test_a_role_that_shrinks_takes_its_tokens_along(place: Workplace) -> None:
    """A token made by an editor must not judge after the person became a viewer, nor work after they were stopped."""
    place.people.join(place.people.invite("editor"), "Dina", PASSWORD)
    by = caller(place, "Dina")
    claim = place.shelf.one("SELECT id FROM claims LIMIT 1")
    note = {"verb": "note", "subject": claim, "value": "x"}
    assert by("POST", "/judgements", json=note).status_code == 201
    place.people.change("Dina", "viewer", False)
    refused = by("POST", "/judgements", json=note)
    assert refused.status_code == 403
    assert "no longer" in refused.json()["detail"]
    assert by("GET", "/claims").status_code == 200
    place.people.change("Dina", "viewer", True)
    assert by("GET", "/claims").status_code == 401
    place.people.change("Dina", "viewer", False)
    assert by("GET", "/claims").status_code == 401


def test_tokens_end(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token past its day, or revoked, opens nothing; a new password ends those made before."""
    by = caller(place, "reviewer")
    assert by("GET", "/incidents").status_code == 200
    token = place.tokens.of("reviewer")[-1]
    assert token.used is not None
    late = Tokens(place.people.file)
    monkeypatch.setattr(late, "_now", lambda: token.until + 1)
    assert late.caller(by.secret) is None
    place.tokens.revoke(token.id)
    assert by("GET", "/incidents").status_code == 401
    again = caller(place, "reviewer")
    place.people.join(place.people.invite("reviewer", "reviewer"), "", PASSWORD)
    assert again("GET", "/incidents").status_code == 401


@pytest.mark.parametrize(
    ("name", "scopes", "days", "said"),
    [
        ("", ["read"], 7, "1 to 60"), ("x\u202ey", ["read"], 7, "1 to 60"), ("a", [], 7, "one or more"),
        ("a", ["people"], 7, "one or more"), ("a", ["judge"], 7, "may not"), ("a", ["read"], 0, "1 to 366"),
        ("a", ["read"], 4000, "1 to 366"), ("Twice", ["read"], 7, "another token"),
    ],
)  # fmt: skip
def test_a_token_that_cannot_be_is_refused(
    place: Workplace, name: str, scopes: list[str], days: int, said: str
) -> None:
    """No token without a name, an end or a scope, and none that may more than its person."""
    viewer = place.people.person("viewer")
    assert viewer is not None
    if not any(each.name == "twice" for each in place.tokens.of("viewer")):
        place.tokens.make(viewer, "twice", ["read"])
    with pytest.raises(DeskError, match=said):
        place.tokens.make(viewer, name, scopes, days)


def test_the_file_holds_no_token(place: Workplace) -> None:
    """Who copies the file of people has no token by it."""
    secret = caller(place, "viewer").secret
    held = (place.ledger.store.address.notes / "desk-people.db").read_bytes()
    assert secret.encode() not in held
    assert secret[3:].encode() not in held


def test_a_person_makes_and_ends_their_own_tokens(place: Workplace) -> None:
    """The page shows a token once; nobody but an administrator ends that of another; all of it is logged."""
    client = client_of(place)
    session = place.people.sign_in("viewer", PASSWORD)
    client.cookies.set("harmledger_desk", session.token)
    form = {"csrf": session.csrf, "name": "map of the bulletin", "scopes": ["read"], "days": "30"}
    shown = client.post("/me/tokens", data=form).text
    secret = shown.split('dir="ltr">hl_')[1].split("<")[0]
    assert secret not in client.get("/me").text
    assert Caller(client_of(place), f"hl_{secret}")("GET", "/incidents").status_code == 200
    refused = client.post("/me/tokens", data={**form, "name": "more", "scopes": ["judge"]})
    assert refused.status_code == 303
    assert "may not do" in client.get("/me").text
    caller(place, "editor")
    theirs = place.tokens.of("editor")[-1].id
    assert client.post("/me/tokens/revoke", data={"csrf": session.csrf, "id": theirs}).status_code == 404
    assert client.post("/me/tokens/revoke", data={"id": theirs}).status_code == 403
    mine = next(each.id for each in place.tokens.of("viewer") if each.name == "map of the bulletin")
    assert client.post("/me/tokens/revoke", data={"csrf": session.csrf, "id": mine}).status_code == 303
    told = [line.told for line in place.ledger.last_lines(2)]
    assert [each["what"] for each in told] == ["token made", "token revoked"]
    assert Caller(client_of(place), f"hl_{secret}")("GET", "/incidents").status_code == 401
    assert BASE.endswith("127.0.0.1")
