"""From text to claims, whatever the text: nothing breaks, every claim has its characters, nothing takes forever."""

from __future__ import annotations

import re
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.batch import entries_apart, page_of
from harmledger.extract.engine import extract_claims
from harmledger.extract.reading import read_through
from harmledger.extract.victims_named import victims_named
from harmledger.model import Claim, Report
from harmledger.show.records import claim_records, line
from harmledger.show.safe import visible
from harmledger.show.terminal import page_view, printed

# Pieces of reports, whole and broken; and what a hostile or a damaged report can carry.
PIECES = (
    "14 people were killed",
    "At least nine civilians, including three children and a woman, were wounded",
    "dozens",
    "no one was hurt",
    "2 to 3",
    "1,200",
    "more than 550,000 displaced since the end of April",
    "among them",
    "of whom",
    "in Aleppo",
    "on Wednesday",
    "on 31 February 2019",
    "said the mayor",
    "Reuters quoted local activists as saying",
    "he said",
    "denied",
    "air strikes",
    "two schools were destroyed",
    "aged 16",
    "killing",
    "bodies of",
    "a",
    "'s",
    "’s",
    '"',
    "(",
    ")",
    ",",
    ".",
    ";",
    "-",
    "\n",
    "\r\n",
    "\u2028",
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\u200b",
    "😀",
    "é",
    "e\u0301",
    "٢٣",
    "²",
    "aged ²",
    "½",
    "Ⅳ",
    "قتل 14 شخصا",
    "ﷺ",
    "İ",
    "ß",
    "9" * 40,
    "0",
    "-5",
    "1e9",
)
BROKEN = st.text(max_size=200)
NEWS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
TIGHT = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


def _check(claim: Claim, text: str, ids: set[str]) -> None:
    said = claim.span.of(text)
    assert said
    assert said == said.strip()
    assert claim.sentence.start <= claim.span.start < claim.span.end <= claim.sentence.end <= len(text)
    assert claim.parent is None or claim.parent in ids
    plain = re.fullmatch(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+", said)
    if plain:
        assert claim.count.value == int(said.replace(",", ""))


@settings(max_examples=150, deadline=None)
@given(st.one_of(BROKEN, NEWS, TIGHT))
def test_every_claim_has_its_characters_and_the_same_text_gives_the_same_bytes(text: str) -> None:
    """No text breaks the reading; a claim's span is in the text, in its sentence, and holds its number."""
    report = Report("r", text)
    claims = extract_claims(report)
    ids = {claim.id for claim in claims}
    assert len(ids) == len(claims)
    for claim in claims:
        _check(claim, text, ids)
    assert list(map(line, claim_records(claims))) == list(map(line, claim_records(extract_claims(report))))


@settings(max_examples=60, deadline=None)
@given(st.one_of(BROKEN, NEWS))
def test_names_have_their_characters(text: str) -> None:
    """A named victim's span holds the name."""
    for victim in victims_named(read_through(Report("r", text))):
        assert victim.span.of(text).strip()


@settings(max_examples=60, deadline=None)
@given(BROKEN)
def test_nothing_hidden_reaches_the_terminal(text: str) -> None:
    """What is shown is one line without control characters and marks that turn text around."""
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", visible(text))


@settings(max_examples=60, deadline=None)
@given(st.one_of(BROKEN, NEWS))
def test_any_report_can_be_shown(text: str) -> None:
    """The whole way, from text to incidents to the page on a terminal: no claim is lost, no line is too wide."""
    page = page_of(Report("r", text, date(2030, 5, 17)))
    shown = printed(page_view(page, explain=True), 80, colour=False)
    assert all(claim.id[:8] in shown for claim in page.claims)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def _seconds(text: str, whole: bool = False) -> float:
    started = process_time()
    (entries_apart if whole else extract_claims)(Report("r", text))
    return process_time() - started


def _grows_evenly(short: str, long: str, whole: bool = False) -> bool:
    """Tell whether four times the text takes less than eight times as long; a busy machine is asked again."""
    _seconds(short, whole)
    return any(_seconds(long, whole) < 8 * max(_seconds(short, whole), 0.05) for _ in range(4))


def test_time_to_the_record_grows_no_faster() -> None:
    """Matching and reconciling one long report is linear too."""
    piece = "Israeli air strikes killed two people, among them a child, in Aleppo on Tuesday, the mayor said. "
    assert _grows_evenly(piece * 500, piece * 2000, whole=True)


@pytest.mark.parametrize(
    "piece",
    [
        "14 ",
        "killed ",
        "14 killed, ",
        "(",
        "a ",
        "Idlib, ",
        "he said ",
        "including three children and ",
        "said the mayor, Omar Tell, ",
        "on Wednesday ",
        "\n",
        "’s ",
        "Two people were killed in Aleppo on Tuesday, the mayor said. ",
        "The army’s raids killed ten in Homs. He said rebels shot two men there. ",
    ],
)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    """Ten thousand numbers in a line, or anything else repeated: four times the text takes about four times as long."""
    short, long = piece * (2_500 // len(piece.split() or [1])), piece * (10_000 // len(piece.split() or [1]))
    assert _grows_evenly(short, long)
