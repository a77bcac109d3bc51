"""Who is meant: each speaker of a report by its fullest name, "he", "the group" and "a monitor" followed back."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from harmledger.extract.reading import Reading
from harmledger.extract.speakers import Mention
from harmledger.extract.speech import grammar

# How far back "he" and "the group" may reach, how many bearers of one word are compared: bounds for long texts.
RECENT, NAMESAKES = 60, 40
_PLACED = ("in", "at", "near", "on", "around", "outside", "to")
_CHECKERS = ("monitor", "ngo")
_LEFT_OUT = ("the", "its", "his", "her", "their")
_BODIES = (
    ("monitor", "ngo", "organisation", "activists"),
    ("un", "medical", "media", "armed_group", "civil_defence", ""),
)


@dataclass(slots=True)
class Speaker:
    """A speaker of the report: the fullest name, the kind, and whether it is one person.

    ``words`` are those of the name that tell it from others; ``also`` is the short form given in brackets.
    """

    name: str
    kind: str
    person: bool
    named: bool
    words: frozenset[str]
    head: str = ""
    also: str = ""


Recent = deque[Speaker]


class Cast:
    """The speakers of a report. All names are noted first: a later one may tell who an earlier "a monitor" was."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._people: list[Speaker] = []
        self._checkers: list[Speaker] = []
        self.recent: Recent = deque(maxlen=RECENT)
        self._bearers: dict[str, deque[Speaker]] = {}
        self._short: dict[str, Speaker] = {}

    def note(self, mention: Mention) -> None:
        """Take in a mention that names its speaker."""
        if mention.name is None:
            return
        name = self._trimmed(*mention.name)
        words = words_in(name)
        if not words:
            return
        speaker = next((s for s in self._namesakes(words) if self._alike(s, mention, words)), None)
        if speaker is None:
            speaker = Speaker(name, mention.kind, mention.person, True, words, mention.head)
            self._keep(speaker)
        elif len(words) > len(speaker.words):
            speaker.name, speaker.words = name, words
        speaker.kind = speaker.kind or mention.kind
        speaker.person = speaker.person or mention.person
        speaker.also = speaker.also or self._bracketed(mention.last) or self._bracketed(mention.name[1])
        self._index(speaker)

    def _keep(self, speaker: Speaker) -> None:
        """Remember the first checkers and people named: whom "a monitor" and "the director" may mean beforehand."""
        first = self._people if speaker.person else self._checkers if speaker.kind in _CHECKERS else None
        if first is not None and len(first) < NAMESAKES:
            first.append(speaker)

    def _index(self, speaker: Speaker) -> None:
        for word in speaker.words:
            bearers = self._bearers.setdefault(word, deque(maxlen=NAMESAKES))
            if not any(bearer is speaker for bearer in bearers):
                bearers.append(speaker)
        for short in (speaker.also, initials(speaker.name).lower(), initials(speaker.name, every=True).lower()):
            if len(short) > 2:
                self._short.setdefault(short, speaker)

    def _namesakes(self, words: frozenset[str]) -> list[Speaker]:
        """Return the speakers that bear the rarest of these words."""
        rows: list[deque[Speaker]] = [self._bearers[word] for word in words if word in self._bearers]
        rows.sort(key=len)
        return list(rows[0]) if rows else []

    def _alike(self, speaker: Speaker, mention: Mention, words: frozenset[str]) -> bool:
        """Tell whether two names may be one: one holds the other, and a person is not a body."""
        if not (words <= speaker.words or speaker.words <= words):
            return False
        if speaker.person and mention.kind and not mention.person and mention.known:
            return False
        return not (mention.person and speaker.kind and not speaker.person and speaker.head)

    def _bracketed(self, index: int) -> str:
        """Return the short form given in brackets: "Doctors Without Borders (MSF)"."""
        tokens = self.reading.tokens
        if index + 2 < len(tokens) and tokens[index].text == "(" and tokens[index + 2].text == ")":
            return tokens[index + 1].norm
        return ""

    def _trimmed(self, first: int, last: int) -> str:
        text = self.reading.words(first, last)
        first_word, _, rest = text.partition(" ")
        return (rest if rest and first_word.lower() in _LEFT_OUT else text).strip(" \"“”‘’'")

    def meant(self, mention: Mention) -> Speaker:
        """Return the speaker a mention means; its name is "" where nobody met before can be meant."""
        if mention.shape == "pronoun":
            return self._taken_up(mention)
        if mention.name is not None:
            known = self._run_together(mention) or self._by_name(mention)
            if known is not None:
                return known
        return self._described(mention)

    def _run_together(self, mention: Mention) -> Speaker | None:
        """Return the speaker whose name ran together with a place: "the lake near Harran Nour said"."""
        assert mention.name is not None
        first, last = mention.name
        if mention.head or last - first < 2 or not first or self.reading.tokens[first - 1].norm not in _PLACED:
            return None
        tail, whole = words_in(self.reading.words(last - 1, last)), words_in(self._trimmed(first, last))
        if not tail:
            return None
        return next((s for s in self._namesakes(tail) if tail <= s.words and not whole <= s.words), None)

    def _by_name(self, mention: Mention) -> Speaker | None:
        assert mention.name is not None
        name = self._trimmed(*mention.name)
        if name.isupper() and name.lower() in self._short:
            return self._short[name.lower()]
        words = words_in(name)
        fitting = [s for s in self._namesakes(words) if words <= s.words and self._alike(s, mention, words)]
        return max(fitting, key=lambda speaker: len(speaker.words), default=None)

    def _taken_up(self, mention: Mention) -> Speaker:
        for sure in (True, False):
            for speaker in reversed(self.recent):
                if self._fits(mention, speaker) and (speaker.kind or speaker.person or not sure):
                    return speaker
        return Speaker("", "", mention.person, False, frozenset())

    def _fits(self, mention: Mention, speaker: Speaker) -> bool:
        """Tell whether a pronoun may take a speaker up; a bare name of two words may be a person's."""
        if mention.takes_up == "person":
            return speaker.person or (speaker.named and not speaker.kind and len(speaker.words) > 1)
        return mention.takes_up == "any" or not speaker.person

    def _described(self, mention: Mention) -> Speaker:
        """Return whom a description means: an unnamed speaker of its own, or one met by name."""
        text = self._trimmed(mention.first, mention.last)
        own = Speaker(text, mention.kind, mention.person, False, words_in(text), mention.head)
        noun = mention.head.split()[-1] if mention.head else ""
        if not mention.person and (mention.kind == "monitor" or noun == "ngo"):
            return self._checker() or own
        if mention.carrier:
            return self._carried(mention, own)
        if mention.shape != "definite":
            return own
        if mention.person:
            return self._person(mention, own) or own
        if mention.kind == "ngo" and noun in grammar("takes_up_body") | {"charity"}:
            return self._checker() or own
        if noun in grammar("takes_up_body") or (mention.kind == "organisation" and len(own.words) == 1):
            return self._latest_body() or own
        if mention.kind == "media" and noun in grammar("takes_up_media"):
            return self._latest(("media",), named=True) or self._latest(("media",), named=False) or own
        nouns = frozenset(mention.head.split())
        met = (s for s in reversed(self.recent) if not s.person and (nouns if s.named else own.words) <= s.words)
        return next(met, own) if own.words and nouns else own

    def _checker(self) -> Speaker | None:
        """Return the monitor or rights group the report names, met already or only later."""
        return self._latest(_CHECKERS, named=True) or next((s for s in self._checkers if not s.person), None)

    def _carried(self, mention: Mention, own: Speaker) -> Speaker:
        """Return whose words "the statement", "the report" carries: one met by that noun, or the latest speaker."""
        if mention.shape != "definite" or not self.recent:
            return own
        noun = mention.head.split()[-1]
        return next((speaker for speaker in reversed(self.recent) if noun in speaker.words), self.recent[-1])

    def _latest(self, kinds: tuple[str, ...], named: bool) -> Speaker | None:
        fitting = (s for s in reversed(self.recent) if not s.person and s.kind in kinds and (s.named or not named))
        return next(fitting, None)

    def _latest_body(self) -> Speaker | None:
        return next((found for kinds in _BODIES if (found := self._latest(kinds, named=False))), None)

    def _person(self, mention: Mention, own: Speaker) -> Speaker | None:
        """Return the person whom "the source", "the UN official", "the Observatory director" takes up."""
        noun = mention.head.split()[-1]
        for speaker in reversed(self.recent):
            if speaker.person and (noun in speaker.words or own.words <= speaker.words):
                return speaker
        if noun in grammar("many_of_these"):
            return self.recent[-1] if noun == "source" and self.recent else None
        for speaker in [*reversed(self.recent), *self._people]:
            if speaker.person and speaker.named and self._same_office(mention, speaker, noun):
                return speaker
        return None

    def _same_office(self, mention: Mention, speaker: Speaker, noun: str) -> bool:
        """Tell whether a title may be that of one met by name: the same word, or any word for an official."""
        if speaker.head == mention.head or noun == speaker.head.rpartition(" ")[2]:
            return True
        return noun in grammar("any_official") and mention.kind in (speaker.kind, "person")


def words_in(name: str) -> frozenset[str]:
    """Return the words of a name that tell it from others, in lower case.

    >>> sorted(words_in("The Ministry of Health"))
    ['health', 'ministry']
    """
    rough = name.lower()
    for sign, plain in (("-", " "), ("’", ""), ("'", ""), ("(", " "), (")", " ")):
        rough = rough.replace(sign, plain)
    return frozenset(word for word in rough.split() if word not in grammar("short"))


def initials(name: str, every: bool = False) -> str:
    """Return the capitals that stand for a name; ``every`` counts its small words too.

    >>> initials("Harran Network for Human Rights")
    'HNHR'
    """
    words = name.replace("-", " ").split()
    return "".join(word[0].upper() for word in words if every or word[0].isupper())
