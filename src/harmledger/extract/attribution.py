"""Which words of speech govern a count of harm, and so whom the report credits with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harmledger.extract.draft import Draft, Drafts, Found
from harmledger.extract.reading import Reading, Sentence, Token
from harmledger.extract.sayings import sayings
from harmledger.extract.speech import Saying
from harmledger.extract.who import Cast, Speaker
from harmledger.model import Role

_TURNS = frozenset({"while", "but", "whereas", ";"})
_OPENING = ("“", '"')
_CLOSING = ("”", '"', "”.", '".')
_JOINTS = frozenset({"and", ",", ";", "with"})
_OPENERS = frozenset(
    {"the", "a", "an", "at", "more", "nearly", "some", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
    | {"ten", "eleven", "twelve", "dozens", "scores", "several", "about", "around", "hundreds", "thousands", "it", "he"}
)


@dataclass(slots=True)
class Credit:
    """A saying whose speakers are known by name, the original first, then who handed the words on."""

    saying: Saying
    speakers: list[Speaker]
    relays: list[Speaker]

    def names(self) -> tuple[str, ...]:
        """Return the names without repetition, the original speaker first."""
        return tuple(dict.fromkeys(speaker.name for speaker in [*self.speakers, *self.relays] if speaker.name))


def credits_of(reading: Reading) -> dict[int, list[Credit]]:
    """Return, by sentence, the words of speech of a report with their speakers' fullest names."""
    heard = {sentence.index: sayings(reading, sentence) for sentence in reading.sentences}
    cast = Cast(reading)
    for row in heard.values():
        for saying in row:
            for mention in [*saying.speakers, *saying.relays]:
                cast.note(mention)
    recent: list[Speaker] = []
    told: dict[int, list[Credit]] = {}
    for index, row in heard.items():
        for saying in row:
            speakers = [cast.meant(mention, recent) for mention in saying.speakers]
            if saying.opening is not None and not any(speaker.name for speaker in speakers):
                speakers = [cast.meant(saying.opening, recent)]
            relays = [cast.meant(mention, recent) for mention in saying.relays]
            recent.extend(relays)
            recent.extend(speaker for speaker in speakers if speaker.name)
            if any(speaker.name for speaker in speakers):
                told.setdefault(index, []).append(Credit(saying, speakers, relays))
    return told


def attribute(reading: Reading, drafts: Drafts) -> list[Found[tuple[str, ...]]]:
    """Return for each count those whom its own sentence credits with it, the original speaker first.

    A sentence without a word of speech credits nobody, whatever stands before and after it.
    """
    told = credits_of(reading)
    told = {**_quoted_on(reading, told), **told}
    found: list[Found[tuple[str, ...]]] = []
    for draft in drafts:
        sentence = reading.sentence_of(draft.first)
        row = told.get(sentence.index, [])
        found.append(_credited(reading, draft, sentence, row))
    return found


def _quoted_on(reading: Reading, told: dict[int, list[Credit]]) -> dict[int, list[Credit]]:
    """Return the credits of sentences that stand whole inside a quotation: its speaker goes on."""
    carried: dict[int, list[Credit]] = {}
    latest: list[Credit] = []
    inside = False
    for sentence in reading.sentences:
        text = reading.text[sentence.start : sentence.end].strip()
        begins = inside or text.startswith(_OPENING)
        inside = _left_open(text, inside)
        whole = begins and (inside or text.endswith(_CLOSING))
        if sentence.index in told:
            row = [credit for credit in told[sentence.index] if credit.saying.tone != "denied"]
            latest = row[-1:]
        elif whole and latest:
            carried[sentence.index] = latest
        elif not whole:
            latest = []
    return carried


def _left_open(text: str, inside: bool) -> bool:
    """Tell whether a quotation is open at the end of a sentence."""
    for sign in text:
        if sign == "“":
            inside = True
        elif sign == "”":
            inside = False
        elif sign == '"':
            inside = not inside
    return inside


def _credited(reading: Reading, draft: Draft, sentence: Sentence, row: list[Credit]) -> Found[tuple[str, ...]]:
    credit = governing(reading, draft.first, row)
    if not credit:
        return Found(
            (), "no word of speech in its sentence" if not row else "the words of speech govern another clause"
        )
    names = tuple(dict.fromkeys(name for one in credit for name in one.names()))
    saying = credit[0].saying
    return Found(names, reading.words(saying.first, saying.last))


def governing(reading: Reading, position: int, row: list[Credit]) -> list[Credit]:
    """Return the credits that govern a token, the original speaker's first.

    "The army said that A" governs A up to "while" or "but"; "A, the army said" governs A back to where a headline
    ran into the body.
    """
    weak = [credit for credit in row if credit.saying.weak]
    row = [credit for credit in row if not credit.saying.weak and credit.saying.tone != "denied"]
    return _governing(reading.tokens, position, row) or weak[:1]


def _governing(tokens: Sequence[Token], position: int, row: list[Credit]) -> list[Credit]:
    before = [credit for credit in row if credit.saying.last <= position + 1]
    leading = next((credit for credit in reversed(before) if credit.saying.ahead), None)
    trailing = next((c for c in row if c.saying.first > position and not c.saying.ahead), None)
    if trailing is not None and restarts(tokens, position, trailing.saying.first):
        trailing = None
    if leading is not None and restarts(tokens, leading.saying.last, position):
        leading = None
    if leading is not None and not _turns(tokens, leading.saying.last, position):
        return _handed_down(tokens, row, leading, trailing)
    if trailing is not None:
        following = row.index(trailing) + 1
        if (
            following < len(row)
            and row[following].saying.first - trailing.saying.last <= 1
            and not row[following].saying.ahead
        ):
            return [row[following], trailing]
        return [trailing]
    if before and not restarts(tokens, before[-1].saying.last, position):
        return [before[-1]]
    return []


def _handed_down(tokens: Sequence[Token], row: list[Credit], leading: Credit, trailing: Credit | None) -> list[Credit]:
    """Return a speaker with those whose words held its own: "the agency said a guard had told it"."""
    chain = [leading]
    index = row.index(leading)
    while index and _holds(tokens, row[index - 1].saying, row[index].saying):
        index -= 1
        chain.append(row[index])
    if trailing is not None and trailing is row[-1]:
        chain.append(trailing)
    return chain


def _holds(tokens: Sequence[Token], outer: Saying, inner: Saying) -> bool:
    """Tell whether one's words hold the other's: "X said Y had told it", not "X said this and Y said that"."""
    joint = tokens[inner.first - 1].norm if inner.first > outer.last else ""
    return outer.ahead and joint not in _JOINTS and not _turns(tokens, outer.last, inner.first)


def _turns(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a new clause of its own starts between two tokens."""
    return any(token.norm in _TURNS for token in tokens[first:last])


def restarts(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a sentence starts anew between two tokens though no full stop says so.

    Headlines run into the body where a page's layout was lost: "Nine killed in Harran At least nine people ...".
    """
    for index in range(first + 1, last - 1):
        token, previous, following = tokens[index], tokens[index - 1], tokens[index + 1]
        if token.norm in _OPENERS and token.text[0].isupper() and following.text[0].islower():
            if (
                (previous.word or previous.text.isdigit())
                and not previous.text[0].isupper()
                or previous.capital
                and previous.norm not in _OPENERS
            ):
                return True
    return False


def role_of(reading: Reading, drafts: Drafts) -> list[Found[Role]]:
    """Return for each count whether it is stated, denied or disputed."""
    return [Found("stated") for _ in drafts]
