"""Names in running text: runs of capitalised words, cut where a name and another name or word stand side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Reading, Token
from harmledger.extract.where.words import JOINERS, PlaceKind, Words, is_name, words

LONGEST_NAME = 6


@dataclass(slots=True)
class Name:
    """Tokens ``first`` to ``last`` (half-open) written as a name. ``kind`` is told where a list of places has it.

    ``listed`` is True for names of the lexicon or of the gazetteer, ``body`` for a ministry, army or agency,
    ``person`` where a title stands before it, ``opening`` where it starts a sentence, ``clipped`` where its last letter
    is a possessive that lost its apostrophe ("Syrias"), ``capital`` the seat of a state.
    """

    first: int
    last: int
    kind: PlaceKind = "unknown"
    listed: bool = False
    body: bool = False
    person: bool = False
    opening: bool = False
    clipped: bool = False
    capital: bool = False


def find_names(reading: Reading, known: Callable[[str], bool] | None = None) -> list[Name]:
    """Return the names of a report that may be places, bodies or persons, in order."""
    told = words()
    lower = {token.norm for token in reading.tokens if token.word and token.text == token.norm}
    found: list[Name] = []
    for sentence in reading.sentences:
        index = sentence.first
        while index < sentence.last:
            if not is_name(reading.tokens[index]) and not _article(reading.tokens, index, sentence.last):
                index += 1
                continue
            last = _run_end(reading.tokens, index, sentence.last)
            _cut(reading, index, last, sentence.first, told, lower, known, found)
            index = last
    return found


def _title_case(tokens: list[Token], first: int, last: int, opening: int) -> bool:
    """True where the words around a run are mostly capitalised too: a headline, in which a capital says nothing."""
    if last - first > 4:
        return True
    around = [*tokens[max(opening, first - 6) : first], *tokens[last : last + 6]]
    written = [token for token in around if token.word and len(token.text) > 3]
    return sum(token.capital for token in written) * 2 > len(written)


def _article(tokens: list[Token], index: int, end: int) -> bool:
    """True for an article that stands apart before a name: "al Balad", "al- Balad"."""
    if tokens[index].norm not in ("al", "el") or index + 1 >= end:
        return False
    step = 2 if tokens[index + 1].text == "-" else 1
    return index + step < end and is_name(tokens[index + step])


def _run_end(tokens: list[Token], index: int, end: int) -> int:
    """Return the token after the last of a run of names that starts at ``index``."""
    last = index
    while last < end:
        token = tokens[last]
        joined = (
            is_name(token)
            or (token.norm in JOINERS and last + 1 < end and (is_name(tokens[last + 1]) or _article(tokens, last, end)))
            or (token.text == "-" and last > index and tokens[last - 1].norm in ("al", "el"))
            or (token.norm == "'" and last > index and last + 1 < end and is_name(tokens[last + 1]))
        )
        if not joined:
            break
        last += 1
    return max(last, index + 1)


def _cut(
    reading: Reading,
    first: int,
    last: int,
    opening: int,
    told: Words,
    lower: set[str],
    known: Callable[[str], bool] | None,
    found: list[Name],
) -> None:
    """Cut a run of capitalised tokens into names and append them."""
    tokens = reading.tokens
    places, nots = lexicon("places"), lexicon("place_nots")
    start = first
    shouting = _title_case(tokens, first, last, opening)

    if last - first > 1 and told.nouns.get(tokens[last - 1].norm) == "building" and not places.at(tokens, first, last):
        plain = all(tokens[at].norm not in told.bodies for at in range(first, last))
        if plain and tokens[first].norm not in told.plain and tokens[first].norm not in lower:
            found.append(Name(first, last))  # Karun Martyrs Hospital
            return

    def close(end: int) -> None:
        if end > start:
            _emit(reading, start, end, opening, told, known, found)

    index = first
    while index < last:
        norm = tokens[index].norm
        if "-" in norm and _pair(norm, told):
            close(index)
            start = index = index + 1
            continue
        bad = nots.at(tokens, index, last)
        place = places.at(tokens, index, last)
        clipped = False
        if place is None and norm.endswith("s") and len(norm) > 4 and bad is None:
            place = _lost_apostrophe(reading, index)
            clipped = place is not None
        if bad is not None and (place is None or bad.last > place.last):
            nationality = bad.entry["use"] == "nationality"
            if nationality and _quarter(reading, index, told):
                close(index)
                found.append(Name(index, index + 1))
                start = index = index + 1
                continue
            close(index)
            start = index = bad.last
            continue
        if place is not None:
            # "Karun Army units ..." at the opening of a sentence is the heading of what follows.
            heads = index == opening and place.last < last and tokens[place.last].norm in ("army", "police", "security")
            whole = place.last if heads else _grown(tokens, place.last, last, told)
            glued = start if start < index and tokens[start].norm not in told.directions else index
            if whole > place.last:
                close(index)
                found.append(Name(index, whole, body=True))
                start = index = whole
            elif glued < index and all(tokens[at].norm in told.heads for at in range(glued, index)):
                found.append(Name(glued, place.last))  # New Karun is not Karun
                start = index = place.last
            else:
                close(index)
                found.append(
                    Name(
                        index,
                        place.last,
                        place.entry["kind"],
                        listed=True,
                        clipped=clipped,
                        capital=bool(place.entry.get("capital")),
                    )
                )
                start = index = place.last
            continue
        heading = index + 1 < last and (norm in told.heads or (norm in told.directions and index > opening))
        inside = start < index < last - 1 and not shouting
        if (
            (norm in told.plain or norm in lower)
            and not inside
            and not heading
            and norm not in told.nouns
            and norm not in told.bodies
        ):
            close(index)
            start = index = index + 1
            continue
        index += 1
    close(last)


def _pair(norm: str, told: Words) -> bool:
    """True for two countries or peoples joined by a hyphen: "Iraq-Turkey", "Turkish-Syrian"."""
    pieces = norm.split("-")
    return len(pieces) == 2 and (pieces[0] in told.nationalities or pieces[0] in told.countries)


def _quarter(reading: Reading, index: int, told: Words) -> bool:
    """True for a nationality that names a part of a town: "the Japanese neighbourhood", "Armenian Quarter"."""
    tokens, end = reading.tokens, reading.sentence_of(index).last
    following = tokens[index + 1] if index + 1 < end else None
    if following is None or told.nouns.get(following.norm) not in ("neighbourhood", "area", "camp"):
        return False
    if following.norm.endswith("s") or following.norm == "side":
        return False
    if following.capital:
        return True
    holds = index + 2 < end and tokens[index + 2].norm == "of"  # "the Palestinian camp of Karun"
    return not holds and index > 0 and tokens[index - 1].norm == "the"


def _lost_apostrophe(reading: Reading, index: int) -> Hit | None:
    """A listed name whose possessive lost its apostrophe ("Syrias"), or None."""
    token = reading.tokens[index]
    bare = Token(token.text[:-1], token.start, token.end - 1, token.norm[:-1], token.sentence)
    hit = lexicon("places").at([bare], 0, 1)
    if hit is None:
        return None
    return Hit(index, index + 1, hit.phrase, hit.entry)


def _grown(tokens: list[Token], index: int, last: int, told: Words) -> int:
    """Return where the name of a body ends that begins with a place ("Karun Media Office"), or ``index``."""
    for end in range(min(last, index + 4), index, -1):
        if tokens[end - 1].norm in told.bodies:
            return end
    return index


def _emit(
    reading: Reading,
    first: int,
    last: int,
    opening: int,
    told: Words,
    known: Callable[[str], bool] | None,
    found: list[Name],
) -> None:
    tokens = reading.tokens
    if first == opening and last - first > 1 and tokens[first].norm in told.directions:
        first += 1
    person = False
    while first < last and tokens[first].norm in told.titles and tokens[first].norm not in told.heads:
        person, first = True, first + 1
    if first >= last or (last - first == 1 and len(tokens[first].text) < 2):
        return
    if (
        not person
        and first > 0
        and tokens[first - 1].norm in told.titles
        and tokens[first - 1].sentence == tokens[first].sentence
    ):
        person = tokens[first - 1].norm not in told.heads
    if all(tokens[at].norm in told.nouns for at in range(first, last)):
        return
    if tokens[last - 1].norm in told.directions:
        return
    body = any(tokens[at].norm in told.bodies for at in range(first, last))
    if body:
        found.append(Name(first, last, body=True))
        return
    name = Name(first, last, person=person, opening=first == opening)
    if known is not None and last - first <= LONGEST_NAME and known(reading.words(first, last)):
        name.listed = True
    found.append(name)
