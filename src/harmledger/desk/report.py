"""One report as the desk shows it: the text in parts of a page each, every number marked where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from harmledger.model import Claim
from harmledger.show.safe import visible

# A page shows so many characters; the claims of a longer report stand on several.
PART = 30_000
# One paragraph of a hostile report may be as long as it likes; claims on a page are few all the same.
MOST_CLAIMS = 150
# So many characters are shown around the number where a sentence is quoted.
_AROUND = 220


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that the same claims mark; the first of them is the one it leads to."""

    text: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report: its pieces and claims, which part it is, of how many."""

    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...]
    number: int
    of: int


def parts_of(text: str) -> list[tuple[int, int]]:
    """Return where the parts of a text begin and end; they end at a line's end where one is near.

    >>> parts_of("short")
    [(0, 5)]
    """
    found, start = [], 0
    while start < len(text):
        end = min(len(text), start + PART)
        if end < len(text):
            near = text.rfind("\n", start + PART // 2, end)
            end = near + 1 if near > 0 else end
        found.append((start, end))
        start = end
    return found or [(0, 0)]


def part_of(text: str, claims: Sequence[Claim], number: int, chosen: str = "") -> Part:
    """Return one part of a report, or the one in which the chosen claim stands."""
    bounds = parts_of(text)
    wanted = next((claim for claim in claims if claim.id == chosen), None)
    if wanted is not None:
        number = next((n for n, (start, end) in enumerate(bounds, 1) if start <= wanted.span.start < end), number)
    number = max(1, min(number, len(bounds)))
    start, end = bounds[number - 1]
    here = sorted((c for c in claims if start <= c.span.start < end), key=lambda c: (c.span.start, c.span.end, c.id))
    if len(here) > MOST_CLAIMS:
        first = max(0, min(len(here) - MOST_CLAIMS, here.index(wanted) - 10 if wanted in here else 0))
        here = here[first : first + MOST_CLAIMS]
    return Part(pieces_of(text, here, start, end), tuple(here), number, len(bounds))


def pieces_of(text: str, claims: Sequence[Claim], start: int, end: int) -> tuple[Piece, ...]:
    """Return the text from ``start`` to ``end`` cut where marks begin and end; every character once."""
    cuts = {start, end}
    for claim in claims:
        cuts |= {min(max(claim.span.start, start), end), min(max(claim.span.end, start), end)}
    edges = sorted(cuts)
    pieces = []
    for left, right in pairwise(edges):
        marks = tuple(c for c in claims if c.span.start <= left and right <= c.span.end)
        pieces.append(Piece(shown(text[left:right]), marks))
    return tuple(pieces)


def shown(text: str) -> str:
    """Return text with its lines kept and everything hidden in it spelt out.

    >>> shown("a\\u202eb\\nc")
    'a<U+202E>b\\nc'
    """
    return "\n".join(visible(line) for line in text.replace("\r\n", "\n").split("\n"))


def quoted(text: str, claim: Claim) -> Markup:
    """Return a claim's sentence, at most some hundred characters around its number, with the number marked."""
    start = max(claim.sentence.start, claim.span.start - _AROUND)
    end = min(claim.sentence.end, claim.span.end + _AROUND)
    before, number, after = text[start : claim.span.start], claim.span.of(text)[:100], text[claim.span.end : end]
    return Markup("{}{}<mark>{}</mark>{}{}").format(
        "… " if start > claim.sentence.start else "", visible(before), visible(number), visible(after),
        " …" if end < claim.sentence.end else "",
    )  # fmt: skip
