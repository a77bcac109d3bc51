"""A report's words of speech with the fullest names of those who speak, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.extract.reading import Reading
from harmledger.extract.sayings import sayings
from harmledger.extract.speech import Saying
from harmledger.extract.who import Cast, Speaker

_OPENING = ("“", '"')
_CLOSING = ("”", '"', "”.", '".')


@dataclass(slots=True)
class Credit:
    """A saying whose speakers are known by name, the original first, then who handed the words on."""

    saying: Saying
    speakers: list[Speaker]
    relays: list[Speaker]

    def names(self) -> tuple[str, ...]:
        """Return the names without repetition, the original speaker first."""
        return tuple(dict.fromkeys(speaker.name for speaker in [*self.speakers, *self.relays] if speaker.name))


Told = dict[int, list[Credit]]
# The stages that ask who speaks (sources, roles, statements, speakers) follow each other on one reading: the last one
# read is kept, by identity.
_last: list[tuple[Reading, Told]] = []


def credits_of(reading: Reading) -> Told:
    """Return, by index of the sentence, the words of speech of a report with their speakers' fullest names."""
    kept = _last[:1]
    if kept and kept[0][0] is reading:
        return kept[0][1]
    told = _read(reading)
    _last[:] = [(reading, told)]
    return told


def _read(reading: Reading) -> Told:
    heard = {sentence.index: row for sentence in reading.sentences if (row := sayings(reading, sentence))}
    cast = Cast(reading)
    for row in heard.values():
        for saying in row:
            for mention in [*saying.speakers, *saying.relays]:
                cast.note(mention)
    told: Told = {}
    for index, row in heard.items():
        for saying in row:
            credit = _credit(cast, saying)
            cast.recent.extend(credit.relays)
            cast.recent.extend(speaker for speaker in credit.speakers if speaker.name)
            if any(speaker.name for speaker in credit.speakers):
                told.setdefault(index, []).append(credit)
    return told


def _credit(cast: Cast, saying: Saying) -> Credit:
    speakers = [cast.meant(mention) for mention in saying.speakers]
    if saying.opening is not None and not any(speaker.name for speaker in speakers):
        speakers = [cast.meant(saying.opening)]
    return Credit(saying, speakers, [cast.meant(mention) for mention in saying.relays])


def quoted_on(reading: Reading, told: Told) -> Told:
    """Return the credits of sentences that stand whole inside a quotation: its speaker goes on."""
    carried: Told = {}
    latest: list[Credit] = []
    inside = False
    for sentence in reading.sentences:
        text = reading.text[sentence.start : sentence.end].strip()
        begins = inside or text.startswith(_OPENING)
        inside = _left_open(text, inside)
        whole = begins and (inside or text.endswith(_CLOSING))
        if sentence.index in told:
            latest = [credit for credit in told[sentence.index] if credit.saying.tone != "denied"][-1:]
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
