"""What a recorder would note beside the harm: ground taken or lost, a siege, who claims, denies or is not blamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harmledger.extract.credited import Credit, credits_of
from harmledger.extract.denials import denies, stated_by
from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Reading, Sentence, Token
from harmledger.extract.speaker_phrases import named_like, words_of
from harmledger.extract.speakers import Mention, mentions
from harmledger.extract.speech import grammar
from harmledger.model import Span, Statement

REACH = 14  # tokens between the words and the place they are about


def statements(reading: Reading) -> list[Statement]:
    """Return the report's statements on ground, sieges, responsibility and its other denials, in order.

    ``sources`` are those who state or claim; ``denied_by`` those who deny, in the same sentence or at the start of
    the next. "The army says the post is besieged, while the ministry denied this" is one statement of the siege.
    """
    told = credits_of(reading)
    found: list[Statement] = []
    answered: tuple[str, ...] = ()
    for sentence in reading.sentences:
        row = told.get(sentence.index, [])
        noted = list(_noted(reading, sentence, row))
        noted += [unblamed] if (unblamed := _unblamed(reading, sentence)) is not None else []
        found.extend(noted)
        if not noted:
            found.extend(s for s in _denied(reading, sentence, row) if not answered or s.denied_by != answered)
        answered = next((s.denied_by for s in noted if s.denied_by), ())
    return found


def _noted(reading: Reading, sentence: Sentence, row: list[Credit]) -> Iterator[Statement]:
    tokens = reading.tokens
    seen: set[tuple[str, str | None]] = set()
    for hit in lexicon("statements").all(tokens, sentence.first, sentence.last):
        topic = hit.entry["topic"]
        if topic == "responsibility":
            statement = _responsibility(reading, sentence, row, hit)
        else:
            statement = _ground(reading, sentence, row, hit)
        if statement is not None and (topic, statement.place) not in seen:
            seen.add((topic, statement.place))
            yield statement


def _unblamed(reading: Reading, sentence: Sentence) -> Statement | None:
    """Return a sentence that says that nobody is held responsible: "none of the sources said who was responsible"."""
    words = lexicon("unblamed")
    if {t.norm for t in reading.tokens[sentence.first : sentence.last]} & words_of("statement_words", "concession"):
        return None  # "while no source named one, the words used point to the army"
    opens: int | None = None
    for hit in words.all(reading.tokens, sentence.first, sentence.last):
        if hit.entry["part"] == "opens":
            opens = hit.last
        elif opens is not None and hit.first - opens <= REACH:
            return Statement(reading.report, Span(sentence.start, sentence.end), "unblamed")
    return None


def _ground(reading: Reading, sentence: Sentence, row: list[Credit], hit: Hit) -> Statement | None:
    """Return a statement on territory or a siege; None where it is only planned, or no place is named."""
    tokens = reading.tokens
    earlier = {tokens[index].norm for index in range(max(sentence.first, hit.first - 2), hit.first)}
    if earlier & words_of("statement_words", "planned") or _of_people(tokens, hit, sentence):
        return None
    if hit.entry["place"] == "after":
        place = _place_after(tokens, hit.last, sentence.last)
    else:
        place = _place_before(tokens, hit.first, sentence.first)
    if place is None:
        return None
    against = tuple(dict.fromkeys(n for c in row if denies(tokens, sentence, c) for n in c.names()))
    return Statement(
        report=reading.report,
        span=Span(sentence.start, sentence.end),
        topic=hit.entry["topic"],
        place=reading.words(*place),
        sources=tuple(name for name in stated_by(tokens, hit.first, row) if name not in against),
        denied_by=against or _denied_next(reading, sentence, row),
    )


def _of_people(tokens: Sequence[Token], hit: Hit, sentence: Sentence) -> bool:
    """Tell whether a single word is no taking of ground: "soldiers captured while fleeing", "the occupied part"."""
    if hit.last - hit.first > 1 or hit.entry["place"] != "after":
        return False
    following = tokens[hit.last].norm if hit.last < sentence.last else ""
    stray = grammar("preposition") - {"into", "over"} | {"while", "when", "and", "after", "during", ""}
    article = hit.first > sentence.first and tokens[hit.first - 1].norm in words_of("speaker_words", "article")
    return article or (hit.phrase != "drove" and following in stray)


def _denied_next(reading: Reading, sentence: Sentence, row: list[Credit]) -> tuple[str, ...]:
    """Return who denies it at the start of the next sentence: "Its rivals denied this"."""
    if sentence.index + 1 >= len(reading.sentences):
        return ()
    following = reading.sentences[sentence.index + 1]
    stated = {name for credit in row for name in credit.names()}
    for credit in credits_of(reading).get(following.index, [])[:1]:
        if credit.saying.tone == "denied" and denies(reading.tokens, following, credit) == "report":
            return tuple(name for name in credit.names() if name not in stated)
    return ()


def _place_after(tokens: Sequence[Token], index: int, limit: int) -> tuple[int, int] | None:
    """Return the name that follows: the one after "town of" if there is one near, else the first."""
    limit = min(limit, index + REACH)
    settlements = words_of("statement_words", "settlement")
    first: tuple[int, int] | None = None
    while index < limit:
        if tokens[index].text in (".", ";", ":") or (tokens[index].text == "," and first is not None):
            break
        if named_like(tokens[index]):
            name = (index, _name_end(tokens, index, limit))
            before = tokens[index - 1].norm
            settled = before in settlements or (before == "of" and tokens[index - 2].norm in settlements)
            if _may_be_place(tokens, index, limit):
                if settled or (name[1] < limit and tokens[name[1]].norm in settlements):
                    return name
                first = first or (name if before not in ("by", "against", "'s") else None)
            index = name[1]
        else:
            index += 1
    return first


def _place_before(tokens: Sequence[Token], index: int, limit: int) -> tuple[int, int] | None:
    """Return the nearest name before: "the post in Harran is besieged"."""
    last = index
    for position in range(index - 1, max(limit, index - REACH) - 1, -1):
        if tokens[position].text in (".", ";", ":", ","):
            return None
        if named_like(tokens[position]) and _may_be_place(tokens, position, index):
            last = position + 1
            first = position
            while first > limit and named_like(tokens[first - 1]):
                first -= 1
            return first, last
    return None


def _may_be_place(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Tell whether a name may be a place's: no adjective of a nation, no army, no day."""
    if tokens[index].norm.endswith(("ish", "ian", "ese", "ians")):
        return False
    return lexicon("speakers").at(tokens, index, limit) is None


def _name_end(tokens: Sequence[Token], index: int, limit: int) -> int:
    while index < limit and named_like(tokens[index]):
        index += 1
    return index


def _responsibility(reading: Reading, sentence: Sentence, row: list[Credit], hit: Hit) -> Statement | None:
    """Return who claimed or denied to have done it, None where nobody did."""
    tokens = reading.tokens
    near = {tokens[index].norm for index in range(max(sentence.first, hit.first - 6), hit.first)}
    speaker = _doer(reading, sentence, hit.first)
    if speaker is None or near & words_of("statement_words", "nobody"):
        return None
    denied = hit.entry.get("side") == "denied"
    names = next((c.names() for c in row if c.saying.first <= hit.first < c.saying.last), None) or (speaker,)
    return Statement(
        report=reading.report,
        span=Span(sentence.start, sentence.end),
        topic="responsibility",
        place=None,
        sources=() if denied else names[:1],
        denied_by=names[:1] if denied else (),
    )


def _doer(reading: Reading, sentence: Sentence, verb: int) -> str | None:
    """Return who stands before the words: the nearest phrase or name that can speak."""
    before: list[Mention] = [m for m in mentions(reading, sentence) if m.last <= verb and m.shape != "pronoun"]
    for mention in reversed(before):
        if verb - mention.last <= REACH and (mention.known or mention.name):
            first, last = mention.name or (mention.first, mention.last)
            return reading.words(first, last).removeprefix("The ").removeprefix("the ")
    return None


def _denied(reading: Reading, sentence: Sentence, row: list[Credit]) -> Iterator[Statement]:
    """Yield the other denials of a sentence: of a figure, an account, a charge."""
    for credit in row:
        if credit.saying.tone == "denied" and denies(reading.tokens, sentence, credit):
            yield Statement(
                report=reading.report,
                span=Span(sentence.start, sentence.end),
                topic="responsibility" if denies(reading.tokens, sentence, credit) == "deed" else "denial",
                denied_by=credit.names(),
            )
