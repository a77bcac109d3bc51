"""Who is meant: each speaker of a report by its fullest name, "he", "the group" and "a monitor" followed back."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.extract.reading import Reading
from harmledger.extract.speakers import Mention

_SHORT = frozenset({"the", "of", "for", "and", "a", "an", "in", "al", "el", "'s"})
_PLACED = frozenset({"in", "at", "near", "on", "around", "outside", "to"})
_TAKES_ANY_BODY = frozenset({"group", "organisation", "organization", "body", "institution", "watchdog", "monitor"})


@dataclass(slots=True)
class Speaker:
    """A speaker of the report: the fullest name, the kind, and whether it is one person."""

    name: str
    kind: str
    person: bool
    named: bool
    words: frozenset[str]
    head: str = ""
    also: str = ""


class Cast:
    """The speakers of a report, gathered in order; later mentions may tell who an earlier "a monitor" was."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.speakers: list[Speaker] = []

    def note(self, mention: Mention) -> None:
        """Take in a mention that names its speaker or introduces one."""
        if mention.shape == "pronoun":
            return
        if mention.name is not None:
            self._named(mention)

    def _named(self, mention: Mention) -> None:
        assert mention.name is not None
        name = self._trimmed(*mention.name)
        words = self._words(name)
        if not words:
            return
        also = self._bracketed(mention.last) or self._bracketed(mention.name[1])
        for speaker in self.speakers:
            if (
                speaker.named
                and (words <= speaker.words or speaker.words <= words)
                and self._alike(speaker, mention, words)
            ):
                if len(words) > len(speaker.words):
                    speaker.name, speaker.words = name, words
                speaker.kind = speaker.kind or mention.kind
                speaker.person = speaker.person or mention.person
                speaker.also = speaker.also or also
                return
        self.speakers.append(Speaker(name, mention.kind, mention.person, True, words, mention.head, also))

    def _bracketed(self, index: int) -> str:
        """Return the short form given in brackets: "Doctors Without Borders (MSF)"."""
        tokens = self.reading.tokens
        if index + 2 < len(tokens) and tokens[index].text == "(" and tokens[index + 2].text == ")":
            return tokens[index + 1].norm
        return ""

    def _alike(self, speaker: Speaker, mention: Mention, words: frozenset[str]) -> bool:
        """Tell whether two names may be one: a person is not a body, "police" not every police."""
        if speaker.person and mention.kind and not mention.person and mention.known:
            return False
        return not (mention.person and speaker.kind and not speaker.person and speaker.head)

    def _trimmed(self, first: int, last: int) -> str:
        text = self.reading.words(first, last)
        for article in ("The ", "the "):
            text = text.removeprefix(article)
        return text.strip(" \"“”‘’'")

    @staticmethod
    def _words(name: str) -> frozenset[str]:
        rough = name.lower().replace("-", " ").replace("’", "").replace("'", "").replace("(", " ").replace(")", " ")
        return frozenset(word for word in rough.split() if word not in _SHORT)

    def meant(self, mention: Mention, recent: list[Speaker]) -> Speaker:
        """Return the speaker a mention means; ``recent`` are those met so far, the latest last."""
        if mention.shape == "pronoun":
            return self._taken_up(mention, recent)
        if mention.name is not None:
            known = self._run_together(mention) or self._by_name(mention)
            if known is not None:
                return known
        return self._described(mention, recent)

    def _run_together(self, mention: Mention) -> Speaker | None:
        """Return the speaker whose name ran together with a place: "the lake near Harran Nour said"."""
        assert mention.name is not None
        first, last = mention.name
        if mention.head or last - first < 2 or not first or self.reading.tokens[first - 1].norm not in _PLACED:
            return None
        tail = self._words(self.reading.words(last - 1, last))
        whole = self._words(self._trimmed(first, last))
        for speaker in self.speakers:
            if speaker.named and tail and tail <= speaker.words and not whole <= speaker.words:
                return speaker
        return None

    def _by_name(self, mention: Mention) -> Speaker | None:
        assert mention.name is not None
        words = self._words(self._trimmed(*mention.name))
        best: Speaker | None = None
        short = self._trimmed(*mention.name)
        for speaker in self.speakers:
            if speaker.also and speaker.also == short.lower():
                return speaker
            if (
                speaker.named
                and len(short) > 2
                and short.isupper()
                and short in (initials(speaker.name), initials(speaker.name, every=True))
            ):
                return speaker
            if speaker.named and words <= speaker.words and self._alike(speaker, mention, words):
                best = speaker if best is None or len(speaker.words) > len(best.words) else best
        return best

    def _taken_up(self, mention: Mention, recent: list[Speaker]) -> Speaker:
        for sure in (True, False):
            for speaker in reversed(recent):
                fits = mention.takes_up == "any" or speaker.person == (mention.takes_up == "person")
                if fits and (speaker.kind or speaker.person or not sure):
                    return speaker
        return Speaker("", "", mention.person, False, frozenset())

    def _described(self, mention: Mention, recent: list[Speaker]) -> Speaker:
        text = self._trimmed(mention.first, mention.last)
        own = Speaker(text, mention.kind, mention.person, False, self._words(text), mention.head)
        if (mention.kind == "monitor" or mention.head == "ngo") and not mention.person:
            return self._latest_named(mention, recent, ("monitor", "ngo"), everywhere=True) or own
        if mention.carrier:
            return self._carried(mention, own, recent)
        if mention.shape == "indefinite" or (mention.shape == "bare" and not mention.head):
            return own
        noun = mention.head.split()[-1] if mention.head else ""
        if mention.kind == "ngo" and noun in ("ngo", "group", "watchdog", "charity"):
            return self._latest_named(mention, recent, ("ngo", "monitor"), everywhere=True) or own
        if mention.shape != "definite":
            return own
        if mention.person:
            return self._person(mention, noun, recent) or own
        if noun in _TAKES_ANY_BODY or mention.kind == "organisation":
            return self._latest_body(recent) or own
        if mention.kind == "media" and noun in (
            "agency",
            "broadcaster",
            "channel",
            "paper",
            "newspaper",
            "network",
            "station",
            "daily",
            "website",
        ):
            return self._latest_named(mention, recent, ("media",), everywhere=False) or own
        for speaker in reversed(recent):
            if not speaker.named and not speaker.person and own.words and own.words <= speaker.words:
                return speaker
        return own

    def _carried(self, mention: Mention, own: Speaker, recent: list[Speaker]) -> Speaker:
        """Return whose words "the statement", "the report" carries: one met by that noun, or the latest speaker."""
        if mention.shape != "definite" or not recent:
            return own
        noun = mention.head.split()[-1]
        return next((speaker for speaker in reversed(recent) if noun in speaker.words), recent[-1])

    def _latest_named(
        self, mention: Mention, recent: list[Speaker], kinds: tuple[str, ...], everywhere: bool
    ) -> Speaker | None:
        for speaker in reversed(recent):
            if speaker.named and not speaker.person and speaker.kind in kinds:
                return speaker
        if everywhere:
            return next((s for s in self.speakers if s.named and not s.person and s.kind in kinds), None)
        return next((s for s in reversed(recent) if not s.person and s.kind in kinds), None)

    def _latest_body(self, recent: list[Speaker]) -> Speaker | None:
        for kinds in (
            ("monitor", "ngo", "organisation", "activists"),
            ("un", "medical", "media", "armed_group", "civil_defence", ""),
        ):
            for speaker in reversed(recent):
                if not speaker.person and speaker.kind in kinds:
                    return speaker
        return None

    def _person(self, mention: Mention, noun: str, recent: list[Speaker]) -> Speaker | None:
        """Return the person whom "the source", "the UN official", "the Observatory director" takes up."""
        own = self._words(self._trimmed(mention.first, mention.last))
        for speaker in reversed(recent):
            if speaker.person and (noun in speaker.words or noun == speaker.head.split()[-1:] or own <= speaker.words):
                return speaker
        if noun in ("source", "witness", "resident", "activist", "reporter", "correspondent", "journalist"):
            return None
        for speaker in reversed(recent):
            if (
                speaker.person
                and speaker.named
                and (speaker.kind in (mention.kind, "", "person") or mention.kind == "person")
            ):
                return speaker
        for speaker in self.speakers:
            if (
                speaker.person
                and speaker.named
                and (speaker.kind == mention.kind or mention.kind in ("person",) or speaker.head == mention.head)
            ):
                return speaker
        return None


def initials(name: str, every: bool = False) -> str:
    """Return the capitals that stand for a name; ``every`` counts its small words too.

    >>> initials("Harran Network for Human Rights")
    'HNHR'
    """
    words = name.replace("-", " ").split()
    return "".join(word[0].upper() for word in words if every or word[0].isupper())
