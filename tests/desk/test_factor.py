"""The second factor: enrolling, codes that work once, recovery, lock-out, and how the secret is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pyotp
import pytest
from apis import caller, client_of
from desks import PASSWORD, Clock
from fastapi.testclient import TestClient

from harmledger.desk.factor import KEY_FILE, STEP_S, address_of, drawn, key_beside
from harmledger.desk.people import HALF_S, LOCKED_S, MOST_FAILURES, People
from harmledger.desk.workplace import Workplace
from harmledger.errors import DeskError

WRONG = "000000"


def _phone(people: People, name: str = "Amal") -> pyotp.TOTP:
    """Begin, and return what the phone knows then."""
    people.factors.begin(name)
    secret = people.factors.pending(name)
    assert secret is not None
    return pyotp.TOTP(secret)


def _enrolled(people: People, clock: Clock) -> tuple[pyotp.TOTP, list[str]]:
    phone = _phone(people)
    codes = people.factors.confirm("Amal", phone.at(int(clock.now)))
    clock.now += STEP_S
    return phone, codes


def test_it_is_on_after_a_code_and_not_before(people: People, clock: Clock) -> None:
    """Who never read the secret into an app must not be locked out by having begun."""
    phone = _phone(people)
    assert people.sign_in("Amal", PASSWORD).person.name == "Amal"
    with pytest.raises(DeskError, match="not right"):
        people.factors.confirm("Amal", WRONG)
    assert not people.factors.on("Amal")
    codes = people.factors.confirm("Amal", phone.at(int(clock.now)))
    assert people.factors.on("Amal")
    assert people.factors.everybody() == {"Amal"}
    assert len({*codes}) == 10
    assert all(re.fullmatch(r"(\w{4}-){3}\w{4}", code) for code in codes)
    with pytest.raises(DeskError, match="wrong"):
        people.sign_in("Amal", PASSWORD)
    with pytest.raises(DeskError, match="on already"):
        people.factors.begin("Amal")


@pytest.mark.parametrize(
    ("late", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False), (600, False)]
)
def test_a_phone_may_be_half_a_minute_off(people: People, clock: Clock, late: int, right: bool) -> None:
    """A code is right a little before and after its time, and not for ever."""
    phone, _ = _enrolled(people, clock)
    clock.now += 3600
    assert people.factors.accepts("Amal", phone.at(int(clock.now + late))) is right


def test_a_code_works_once(people: People, clock: Clock) -> None:
    """Whoever looks over a shoulder, or copies a line, must not come in with the same code, nor with an earlier one."""
    phone, _ = _enrolled(people, clock)
    before, code = phone.at(int(clock.now - STEP_S)), phone.at(int(clock.now))
    people.sign_in("amal", PASSWORD, f" {code[:3]} {code[3:]} ")
    for used in (code, before):
        with pytest.raises(DeskError, match="was used"):
            people.sign_in("Amal", PASSWORD, used)
    clock.now += STEP_S
    assert people.sign_in("Amal", PASSWORD, phone.at(int(clock.now)))


def test_recovery_codes_work_once_each(people: People, clock: Clock) -> None:
    """A lost phone locks nobody out, and a code that was used or replaced opens nothing."""
    phone, codes = _enrolled(people, clock)
    people.sign_in("Amal", PASSWORD, codes[0].upper().replace("-", " "))
    with pytest.raises(DeskError, match="was used"):
        people.sign_in("Amal", PASSWORD, codes[0])
    assert people.factors.left("Amal") == 9
    new = people.factors.new_codes("Amal")
    with pytest.raises(DeskError, match="wrong"):
        people.sign_in("Amal", PASSWORD, codes[1])
    people.sign_in("Amal", PASSWORD, new[1])
    people.factors.forget("Amal")
    assert people.factors.left("Amal") == 0
    assert people.sign_in("Amal", PASSWORD)
    del phone


def test_wrong_codes_lock_out_and_a_right_password_does_not_reset_them(people: People, clock: Clock) -> None:
    """Six digits are guessed in a million tries: whoever has the password must not get them by signing in anew."""
    phone, codes = _enrolled(people, clock)
    for _ in range(MOST_FAILURES):
        half = people.half(people.checked("Amal", PASSWORD))
        with pytest.raises(DeskError, match="wrong"):
            people.finish(half, WRONG)
    with pytest.raises(DeskError, match="Too many"):
        people.checked("Amal", PASSWORD)
    with pytest.raises(DeskError, match="Too many"):
        people.finish(half, codes[0])
    clock.now += LOCKED_S + 1
    assert people.sign_in("Amal", PASSWORD, phone.at(int(clock.now)))


def test_half_in_is_not_in(people: People, clock: Clock) -> None:
    """A right password alone is no session, and the door to the code does not stay open."""
    phone, _ = _enrolled(people, clock)
    half = people.half(people.checked("Amal", PASSWORD))
    assert people.session(half) is None
    assert people.finish(half, phone.at(int(clock.now))).person.name == "Amal"
    clock.now += STEP_S
    with pytest.raises(DeskError, match="too long"):
        people.finish(half, phone.at(int(clock.now)))
    late = people.half(people.checked("Amal", PASSWORD))
    clock.now += HALF_S + 1
    with pytest.raises(DeskError, match="too long"):
        people.finish(late, phone.at(int(clock.now)))


def test_the_file_gives_nobody_a_code(people: People, clock: Clock, tmp_path: Path) -> None:
    """Neither secret nor recovery codes can be read from a copy of the file; its key lies apart, and is private."""
    phone, codes = _enrolled(people, clock)
    held = (tmp_path / "desk-people.db").read_bytes()
    for secret in (phone.secret, *codes, *(code.replace("-", "") for code in codes)):
        assert secret.encode() not in held
    key = tmp_path / KEY_FILE
    assert key.stat().st_mode & 0o077 == 0
    assert key.read_bytes() not in held
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "desk-people.db").write_bytes(held)
    stolen = People(copy, clock)
    with pytest.raises(DeskError, match="another key"):
        stolen.sign_in("Amal", PASSWORD, phone.at(int(clock.now)))
    stolen.close()
    people.factors._rows("UPDATE factors SET person = 'Badr' WHERE person = 'Amal'")
    with pytest.raises(DeskError, match="another key"):
        people.factors.accepts("Badr", phone.at(int(clock.now)))


def test_under_a_passphrase_no_key_lies_beside(tmp_path: Path) -> None:
    """The passphrase of a ledger seals the secrets, too: nothing in its folder opens them."""
    assert key_beside(tmp_path, b"k" * 32) != key_beside(tmp_path, b"l" * 32)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(DeskError, match="32 bytes"):
        key_beside(tmp_path, None)


def test_the_drawing_is_plain() -> None:
    """The QR code is drawn here, without a style that the pages' policy would refuse, whatever the name is."""
    shown = drawn(address_of('<b> "x" & Лина', "A" * 32))
    assert shown.startswith("<svg")
    assert "style" not in shown
    assert "script" not in shown
    assert address_of("a:b/c?d", "S") == "otpauth://totp/harmledger:a%3Ab%2Fc%3Fd?secret=S&issuer=harmledger"


# On the pages


def _in(place: Workplace, role: str) -> tuple[TestClient, dict[str, str]]:
    client = client_of(place)
    session = place.people.begin(place.people.checked(role, PASSWORD))
    client.cookies.set("harmledger_desk", session.token, domain="127.0.0.1")
    return client, {"csrf": session.csrf, "back": "/me"}


def _turn_on(client: TestClient, form: dict[str, str]) -> tuple[pyotp.TOTP, str]:
    assert client.post("/me/factor/begin", data={**form, "password": "not it at all"}).status_code == 303
    assert "Name or password is wrong" in client.get("/me").text
    client.post("/me/factor/begin", data={**form, "password": PASSWORD})
    page = client.get("/me").text
    assert "<svg" in page
    phone = pyotp.TOTP(re.findall(r'<code class="copy" dir="ltr">([A-Z2-7]{32})</code>', page)[0])
    shown = client.post("/me/factor/confirm", data={**form, "code": phone.now()}).text
    codes = re.findall(r"\b(?:\w{4}-){3}\w{4}\b", shown)
    assert len(codes) == 10
    assert codes[0] not in client.get("/me").text
    assert phone.secret not in client.get("/me").text
    return phone, codes[0]


def test_signing_in_asks_for_the_code(place: Workplace) -> None:
    """Password and code come one after the other; between them nothing opens; all of it is a line of the log."""
    client, form = _in(place, "editor")
    _, code = _turn_on(client, form)
    other = client_of(place)
    answer = other.post("/sign-in", data={"name": "editor", "password": PASSWORD, "back": "/record"})
    assert answer.headers["location"] == "/sign-in/code?back=%2Frecord"
    assert "harmledger_desk" not in other.cookies
    assert other.get("/record").headers["location"].startswith("/sign-in")
    assert other.post("/sign-in/code", data={"code": WRONG, "back": "/record"}).status_code == 401
    answer = other.post("/sign-in/code", data={"code": code, "back": "//evil.example"})
    assert answer.headers["location"] == "/"
    assert other.get("/queue").status_code == 200
    told = [line.told.get("what") for line in place.ledger.lines(["people", "sign_in"])]
    assert told == ["second factor on", "with a second factor"]
    link = place.people.invite("editor", "editor")
    answer = client_of(place).post(f"/join/{link}", data={"password": "another four words here"})
    assert answer.headers["location"] == "/sign-in/code"


def test_turning_it_off_takes_a_code(place: Workplace) -> None:
    """A browser left open must not be enough to take the second factor away, or to get new recovery codes."""
    client, form = _in(place, "viewer")
    _, code = _turn_on(client, form)
    for path in ("/me/factor/off", "/me/factor/codes"):
        assert client.post(path, data={**form, "code": WRONG}).status_code == 303
        assert "This code is wrong" in client.get("/me").text
    assert place.people.factors.on("viewer")
    shown = client.post("/me/factor/codes", data={**form, "code": code}).text
    new = re.findall(r"\b(?:\w{4}-){3}\w{4}\b", shown)
    client.post("/me/factor/off", data={**form, "code": new[0]})
    assert not place.people.factors.on("viewer")


def test_an_administrator_resets_and_requires_it(place: Workplace) -> None:
    """Who lost all is let in again by an administrator, in the log; who must have one gets no further."""
    client, form = _in(place, "reviewer")
    _turn_on(client, form)
    chief, its = _in(place, "administrator")
    assert "Forget the second factor" in chief.get("/people").text
    assert client.post("/people/factor/reset", data={**form, "name": "reviewer"}).status_code == 403
    assert chief.post("/people/factor/reset", data={**its, "name": "nobody"}).status_code == 404
    chief.post("/people/factor/reset", data={**its, "name": "REVIEWER"})
    assert not place.people.factors.on("reviewer")
    line = place.ledger.last_lines(1)[0]
    assert (line.by, line.told["what"], line.told["name"]) == (
        "administrator", "second factor forgotten", "reviewer",
    )  # fmt: skip
    program = caller(place, "reviewer")
    chief.post("/people/factor/require", data={**its, "wanted": "true"})
    assert client.get("/record").headers["location"] == "/me"
    assert "An administrator wants everybody" in client.get("/me").text
    assert client.post("/me/tokens", data={**form, "name": "x", "scopes": "read"}).headers["location"] == "/me"
    refused = program("GET", "/incidents")
    assert refused.status_code == 403
    assert "second factor" in refused.json()["detail"]
    _, code = _turn_on(client, form)
    assert client.get("/record").status_code == 200
    assert program("GET", "/incidents").status_code == 200
    client.post("/me/factor/off", data={**form, "code": code})
    assert place.people.factors.on("reviewer")
    assert chief.get("/people").headers["location"] == "/me"
    assert client.post("/sign-out", data=form).headers["location"] == "/sign-in"
