"""What the API tells and takes: the same as the pages, exports and commands; conflicts, pages, problems, the log."""

from __future__ import annotations

import io
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, get_args

import pytest
from apis import Caller, caller

from harmledger.desk.web.api.handing_on import Format
from harmledger.desk.workplace import Workplace
from harmledger.export import FORMATS
from harmledger.model import Verb
from harmledger.query import Query

NEW = "Twenty-two people were killed in Maarrat Misrin on 2 August 2030, medics said."


@pytest.fixture
def amal(place: Workplace) -> Caller:
    """Give a caller who may do all."""
    return caller(place, "administrator")


def _all(by: Caller, path: str, **asked: Any) -> list[Any]:
    """Return all of a list, three at a time, following both ways to go on."""
    found: list[Any] = []
    answer = by("GET", path, params={**asked, "limit": 3})
    while True:
        told = answer.json()
        found += told["items"]
        if told["next"] is None:
            assert "link" not in answer.headers
            return found
        address = answer.headers["link"].removeprefix("</api").removesuffix('>; rel="next"')
        assert told["next"] in address
        answer = by("GET", address)
        assert answer.status_code == 200, answer.text


def test_the_question_is_that_of_exports_and_the_desk(place: Workplace, amal: Caller) -> None:
    """One question must find the same incidents on the command line, at the desk and here."""
    for told in (
        "", "date:2030-05", "date:2030-07-21..", 'place:"Tell Nowhere"', "place:saraqib", "kind:killed", "actor:none",
        "grade:fair,weak place:Saraqib date:2030", "kind:injured,displaced",
    ):  # fmt: skip
        query = Query.parse(told)
        here = {each["id"] for each in _all(amal, "/incidents", query=told)}
        assert here == {case.incident.id for case in place.ledger.cases() if query.matches(case)}, told
        claims = {each["id"] for each in _all(amal, "/claims", query=told)} if told else set()
        assert claims == ({c.id for case in place.ledger.cases() if query.matches(case) for c in case.incident.claims}
                          if told else set()), told  # fmt: skip
    totals = _all(amal, "/totals")
    assert [each["value"] for each in totals] == [210]
    assert amal.get("/totals", query="date:2029")["items"] == []
    wrong = amal("GET", "/incidents", params={"query": "colour:red"})
    assert wrong.status_code == 422
    assert "'colour:red' is not understood" in wrong.json()["detail"]


@pytest.mark.parametrize("sort", ["day", "place", "killed", "injured", "grade", "doubt", "actor", "means", "reports"])
@pytest.mark.parametrize("down", [False, True])
def test_pieces_hold_each_incident_once(amal: Caller, sort: str, down: bool) -> None:
    """Whatever it is sorted by, a list read piece by piece skips nothing and repeats nothing."""
    told = [each["id"] for each in _all(amal, "/incidents", sort=sort, down=down)]
    assert len(told) == len(set(told)) == len(amal.get("/incidents", limit=200)["items"])


def test_what_comes_in_between_shifts_no_piece(place: Workplace, amal: Caller) -> None:
    """A program that reads a long list while others add must get each thing once."""
    first = amal.get("/incidents", limit=3)
    seen = [each["id"] for each in first["items"]]
    early = "Four people were killed in Salqin on 3 February 2029, rescuers said."
    assert amal("POST", "/reports", json={"text": early}).json()["up_to_date"] or place.fresh.wait(120)
    rest: list[str] = []
    cursor = first["next"]
    while cursor:
        told = amal.get("/incidents", limit=3, cursor=cursor)
        rest, cursor = rest + [each["id"] for each in told["items"]], told["next"]
    assert not set(seen) & set(rest)
    assert len(seen) + len(rest) == place.shelf.one("SELECT count(*) FROM incidents") - 1


@pytest.mark.parametrize(
    "cursor", ["x", "WyJ4Il0", "bm9uZQ", "W1tdLG51bGwsMV0", "WyJkYXlfZnJvbSIsMWU5OTksImEiXQ", "é", "a" * 999, "W10"]
)
def test_a_cursor_that_no_answer_gave_is_refused(amal: Caller, cursor: str) -> None:
    """A made-up cursor is a mistake to be told, not a way into the database."""
    for path in ("/incidents", "/claims", "/reports", "/judgements", "/search", "/totals"):
        answer = amal("GET", path, params={"cursor": cursor})
        assert answer.status_code == 422, path
        assert "cursor" in answer.json()["detail"]
    first = amal.get("/incidents", limit=1, sort="killed")
    assert amal("GET", "/incidents", params={"sort": "day", "cursor": first["next"]}).status_code == 422


def test_every_figure_leads_to_its_sentence(amal: Caller) -> None:
    """From a toll to its claims, from a claim to the characters of the report that say it."""
    row = next(each for each in _all(amal, "/incidents", query="place:Saraqib date:2030-05"))
    assert row["killed"] == {"low": 17, "high": 17}
    told = amal.get(f"/incidents/{row['id']}")
    assert told["withheld"] == []
    assert told["because"]["killed"]
    assert {origin["name"] for origin in told["origins"]}
    assert [out["because"] for out in told["left_out"]]
    assert told["links"][0]["weights"]
    words = set()
    for name in told["tolls"]["killed"]["claims"]:
        claim = amal.get(f"/claims/{name}")
        report = amal.get(f"/reports/{claim['report']}")
        assert report["text"][claim["start"] : claim["end"]] == claim["words"]
        assert claim["words"] in claim["sentence"]
        assert name in report["claims"]
        words.add(claim["words"])
    assert "17" in words
    assert told["former"]
    assert amal.get(f"/incidents/{told['former'][0]}")["id"] == told["id"]


def test_names_are_told_on_asking_alone_and_logged(place: Workplace, amal: Caller) -> None:
    """The names of victims stand in no list; asking for them is a line with person and token."""
    row = amal.get("/incidents", query="place:Saraqib date:2030-05")["items"][0]
    told = amal("GET", f"/incidents/{row['id']}")
    assert "Lina Darwish" not in told.text
    assert told.json()["persons_named"] == 1
    assert amal.get(f"/incidents/{row['id']}/names")["items"][0]["name"] == "Lina Darwish"
    line = place.ledger.last_lines(1)[0]
    assert (line.kind, line.by, line.told["at"], line.told["about"]) == (
        "look", "administrator", "names of victims", [row["id"]],
    )  # fmt: skip
    assert line.told["through"] == place.tokens.of("administrator")[0].name


def test_a_report_sent_twice_is_one_report(place: Workplace, amal: Caller) -> None:
    """A program that sends again after a broken connection must not make two reports; it is told that one is there."""
    sent = {"text": NEW, "title": "From Maarrat Misrin", "published": "2030-08-03", "outlet": "Example Wire"}
    first, again = amal("POST", "/reports", json=sent), amal("POST", "/reports", json=sent)
    assert (first.status_code, again.status_code) == (201, 200)
    number = first.json()["taken"][0]["number"]
    assert again.json()["taken"] == [{**first.json()["taken"][0], "new": False}]
    told = amal.get(f"/reports/{number}")
    assert (told["text"], told["published"], told["taken_by"]) == (NEW, "2030-08-03", "administrator")
    place.fresh.wait(120)
    claim = amal.get("/claims", report=number)["items"][0]
    assert (claim["value"], claim["place"], claim["state"]) == (22, "Maarrat Misrin", "open")
    kinds = [(line.kind, line.by, line.told.get("through")) for line in place.ledger.lines(["token"])]
    assert kinds == [("token", "administrator", place.tokens.of("administrator")[0].name)]
    assert amal.get("/reports", id=told["id"])["items"][0]["number"] == number
    assert [hit["report"]["number"] for hit in amal.get("/search", words="medics maarrat")["items"]] == [number]


@pytest.mark.parametrize(
    "day", [0, "0", 1e9, "1893456000", "2030-5-1", "2030-02-30", "٢٠٣٠-٠٥-٠١", True, [], "2030-05-01T00:00:00Z"]
)
def test_a_day_is_a_day(place: Workplace, amal: Caller, day: object) -> None:
    """A number must not become a date: a report of 1970 would be put beside the wrong events."""
    assert amal("POST", "/reports", json={"text": NEW, "published": day}).status_code == 422
    if isinstance(day, str):
        for path in ("/search?from=", "/search?to="):
            assert amal("GET", f"{path}{day}").status_code == 422
        assert amal("POST", f"/files?published={day}", content=b"x").status_code == 422
    assert place.ledger.counts()["report"] == 9


def test_files_are_read_as_the_command_reads_them(place: Workplace, amal: Caller, tmp_path: Path) -> None:
    """JSON lines, pages and broken files come to the same as with harmledger add; the original comes out as it came."""
    lines = b'{"id": "a/1", "text": "Six people were injured in Harem on 1 August 2030."}\nno json\n'
    told = amal("POST", "/files", params={"name": "news.jsonl"}, content=lines)
    assert told.status_code == 201
    assert [each["id"] for each in told.json()["taken"]] == ["a/1"]
    assert told.json()["errors"][0]["where"] == "news.jsonl:2"
    number = told.json()["taken"][0]["number"]
    assert amal("GET", f"/reports/{number}/original").content.strip() == lines.splitlines()[0]
    path = tmp_path / "same.jsonl"
    path.write_bytes(lines)
    known = [each for each in place.ledger.add_files([path]) if getattr(each, "number", None) == number]
    assert not known[0].new  # type: ignore[union-attr]
    broken = amal("POST", "/files", params={"name": "../../x.pdf"}, content=b"%PDF-1.4 nothing of it")
    assert (broken.status_code, broken.json()["type"]) == (422, "/api/#problem-unreadable")
    assert broken.json()["errors"][0]["where"] == "x.pdf"
    assert amal("POST", "/files", content=b"").status_code == 422


def test_every_verb_is_taken_and_undone(place: Workplace, amal: Caller) -> None:
    """All kinds of judgement that the ledger knows come in here, change the record, and can be taken back."""
    claim = amal.get("/claims", query="place:Binnish", kind="killed")["items"][0]["id"]
    incident, other = (each["id"] for each in amal.get("/incidents", limit=2, query="kind:killed")["items"])
    sent: dict[str, dict[str, Any]] = {
        "reject_claim": {"subject": claim}, "correct_claim": {"subject": claim, "field": "count", "value": "5"},
        "confirm_claim": {"subject": claim}, "same_incident": {"subject": incident, "other": other},
        "not_same_incident": {"subject": incident, "other": other},
        "place": {"subject": incident, "value": "35.7,36.7"},
        "grade": {"subject": incident, "value": "contested"}, "note": {"subject": incident, "value": "asked again"},
        "set_aside": {"subject": amal.get("/reports", limit=1)["items"][0]["id"]},
    }  # fmt: skip
    assert {*sent, "undo"} == set(get_args(Verb))
    made = []
    for verb, more in sent.items():
        answer = amal("POST", "/judgements", json={"verb": verb, "reason": "a test", **more})
        assert answer.status_code == 201, answer.text
        made.append(answer.json()["id"])
        if verb == "correct_claim":
            place.fresh.wait(60)
            assert amal.get(f"/claims/{claim}")["value"] == 5
    for name in reversed(made):
        assert (
            amal("POST", "/judgements", json={"verb": "undo", "subject": name, "reason": "a test"}).status_code == 201
        )
    told = _all(amal, "/judgements")
    assert [each["id"] for each in told if each["verb"] != "undo"] == made
    assert not [each for each in told if each["stands"] and each["verb"] != "undo"]
    assert amal.get(f"/claims/{claim}")["state"] == "open"
    assert amal.get(f"/judgements/{made[0]}")["stands"] is False
    assert {each["subject"] for each in _all(amal, "/judgements", subject=claim)} == {claim}
    assert place.ledger.verify().whole


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verb": "grade", "value": "splendid", "reason": "x"}, "cannot be"),
        ({"verb": "grade", "value": "fair"}, "why"),
        ({"verb": "correct_claim", "field": "count", "value": "a crowd", "reason": "x"}, "count"),
        ({"verb": "correct_claim", "value": "5", "reason": "x"}, "field"),
        ({"verb": "same_incident", "reason": "x"}, "other"),
        ({"verb": "note", "value": ""}, "value"),
        ({"verb": "praise", "reason": "x"}, "shape"),
        ({"verb": "note", "value": "x", "by": "somebody else"}, "shape"),
        ({"verb": "note", "value": "x" * 2001}, "shape"),
        ({"verb": "note", "value": "\x00"}, "shape"),
        ({"verb": "note", "value": "x", "seen": "0"}, "shape"),
        ({"verb": "undo", "subject": "J1", "reason": "x"}, "no judgement"),
        ({"verb": "note", "value": "x", "subject": "nothing here"}, "does not hold"),
    ],
)
def test_a_wrong_judgement_is_told_and_not_recorded(
    place: Workplace, amal: Caller, sent: dict[str, str], said: str
) -> None:
    """What cannot be is refused in words; nobody judges in another's name."""
    subject = amal.get("/claims", limit=1)["items"][0]["id"]
    answer = amal("POST", "/judgements", json={"subject": subject, **sent})
    assert answer.status_code == 422, answer.text
    assert said in answer.json()["detail"]
    assert place.ledger.counts()["judgement"] == 0


def test_a_conflict_is_told(place: Workplace, amal: Caller) -> None:
    """Who judges what another judged meanwhile overrides nobody unseen, here and at the desk alike."""
    badr = caller(place, "reviewer")
    claim = amal.get("/claims", limit=1)["items"][0]["id"]
    seen = amal.get(f"/claims/{claim}")["seen"]
    note = {"verb": "confirm_claim", "subject": claim, "reason": "read", "seen": seen}
    assert badr("POST", "/judgements", json=note).status_code == 201
    late = amal("POST", "/judgements", json={**note, "verb": "reject_claim"})
    assert (late.status_code, late.json()["type"]) == (409, "/api/#problem-judged-meanwhile")
    assert "reviewer judged this" in late.json()["detail"]
    assert place.ledger.counts()["judgement"] == 1
    fresh = amal.get(f"/claims/{claim}")["seen"]
    assert amal("POST", "/judgements", json={**note, "seen": fresh}).status_code == 201


def test_two_writers_at_once(place: Workplace, amal: Caller) -> None:
    """Of many that judge one claim at the same moment with the same sight of it, exactly one is recorded."""
    claim = amal.get("/claims", limit=1)["items"][0]["id"]
    callers = [caller(place, role) for role in ("editor", "administrator", "editor", "administrator")]

    for by in callers:
        # Each has an application of its own here, which gets ready with the first call; a desk has one.
        assert by("POST", "/judgements", json={}).status_code == by("POST", "/reports", json={}).status_code == 422

    def judge(by: Caller) -> int:
        sent = {"verb": "reject_claim", "subject": claim, "reason": "at once", "seen": 0}
        return int(by("POST", "/judgements", json=sent).status_code)

    with ThreadPoolExecutor(8) as pool:
        told = sorted(pool.map(judge, callers * 2))
    assert told == [201] + [409] * 7

    def send(number: int) -> int:
        return int(amal("POST", "/reports", json={"text": f"{number % 5} people were hurt in Azaz."}).status_code)

    with ThreadPoolExecutor(8) as pool:
        told = sorted(pool.map(send, range(20)))
    assert told == [200] * 15 + [201] * 5
    assert place.ledger.verify().whole


def test_problems_are_told_as_problems(amal: Caller) -> None:
    """Every refusal is application/problem+json with its status, and says what to do where it can."""
    told = {
        404: amal("GET", "/nowhere"), 405: amal("DELETE", "/reports"), 415: amal("POST", "/judgements", content=b"{}"),
        400: amal("POST", "/judgements", content=b'"\xff', headers={"Content-Type": "application/json"}),
        413: amal("POST", "/judgements", content=b"x" * 70_000, headers={"Content-Type": "application/json"}),
        422: amal("GET", "/incidents?querry=kind:killed"),
    }  # fmt: skip
    for status, answer in told.items():
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert answer.json()["status"] == status
        assert answer.json()["title"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert told[405].headers["allow"] == "GET, POST"
    assert told[422].json()["errors"][0]["where"] == "query.querry"
    parts = (b"x" * 10_000 for _ in range(10))
    endless = amal("POST", "/judgements", content=parts, headers={"Content-Type": "application/json"})
    assert (endless.status_code, endless.headers["content-type"]) == (413, "application/problem+json")
    deep = amal("POST", "/judgements", content=b"[" * 60_000, headers={"Content-Type": "application/json"})
    assert deep.status_code in (400, 422)
    packed = amal("POST", "/files", content=b"x", headers={"Content-Encoding": "gzip"})
    assert packed.status_code == 415


def test_a_hostile_report_stays_data(amal: Caller) -> None:
    """What a report carries comes out as JSON text under a type that no browser runs, in lists of a bearable size."""
    answer = amal("GET", "/claims", params={"limit": 200})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(answer.content) < 300_000
    assert "<script>" in "".join(each["sentence"] for each in answer.json()["items"])
    original = amal("GET", f"/reports/{amal.get('/reports', id='hostile-1')['items'][0]['number']}/original")
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"] == "attachment"
    for path in ("/incidents/%0A", "/incidents/..%2f..%2fx", "/claims/%00", "/export/..%2fcsv", "/reports/99999999999"):
        assert amal("GET", path).status_code in (404, 422), path


def test_an_export_is_that_of_the_command(place: Workplace, amal: Caller) -> None:
    """One ZIP with all files; recorded with query, profile, person and token; every format has its place here."""
    assert set(get_args(Format)) == set(FORMATS)
    answer = amal("GET", "/export/ged", params={"query": "place:Saraqib", "profile": "full"})
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert "record.csv" in names
        assert "record.csv.loss.txt" in names
        assert b"Saraqib" in archive.read("record.csv")
    line = place.ledger.last_lines(1)[0]
    told = {name: line.told[name] for name in ("format", "query", "profile", "through")}
    assert (line.kind, line.by) == ("export", "administrator")
    assert told == {
        "format": "ged", "query": "place:Saraqib", "profile": "full", "through": place.tokens.of()[0].name,
    }  # fmt: skip
    assert amal("GET", "/export/csv?profile=/etc/passwd").status_code == 422


def test_what_breaks_is_told_without_its_insides(place: Workplace, amal: Caller) -> None:
    """A fault of ours is a problem, too, and shows a stranger neither paths nor code."""
    amal.get("/incidents")
    place.fresh.stop()
    place.shelf.close()
    answer = amal("GET", "/incidents")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "sqlite" not in answer.text
    assert "Traceback" not in answer.text


def test_an_export_leaves_nothing_behind(
    place: Workplace, amal: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was packed for a caller, or could not be, must not stay on the disk in the open."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert amal("GET", "/export/csv").status_code == 200
    assert amal("GET", "/export/csv?profile=public&query=place:Saraqib").status_code in (200, 422)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("harmledger-")] == []


def test_the_documents_are_there_for_all(place: Workplace, amal: Caller) -> None:
    """How to use the API can be read offline, in both languages, without a token and without a script of its own."""
    made = amal.client.get("/api/openapi.json").json()
    assert made["openapi"].startswith("3.1")
    assert made["servers"] == [{"url": "/api"}]
    assert all("token" in told["security"][0] for path in made["paths"].values() for told in path.values())
    for language, words in (("en", "OpenAPI document"), ("ar", "الواجهة البرمجية")):
        page = amal.client.get("/api/", headers={"Accept-Language": language})
        assert page.status_code == 200
        assert words in page.text
        assert len(page.content) < 300_000
        assert "POST /api/judgements" in page.text
        assert "<script>" not in page.text
        assert "style=" not in page.text
    assert amal.client.get("/api").headers["location"].endswith("/api/")
