"""A word of speech with its speakers, and the sentence it stands in laid out for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from harmledger.extract.lexicon import Hit
from harmledger.extract.reading import Sentence, Token
from harmledger.extract.speaker_phrases import speech_at, words_of
from harmledger.extract.speakers import Mention


@dataclass(slots=True)
class Saying:
    """A word of speech with its speakers (the original first) and those who handed the words on.

    ``first`` to ``last`` (half-open) are the tokens from the speaker to the end of the words of speech. ``ahead`` is
    true where what is said comes after them, false where it comes before. ``tone`` is "denied" or "disputed" where
    the words deny.
    """

    first: int
    last: int
    verb: int
    speakers: list[Mention]
    ahead: bool
    relays: list[Mention] = field(default_factory=list)
    tone: str = ""
    label: bool = False
    weak: bool = False
    opening: Mention | None = None


def cues_of(tokens: Sequence[Token], sentence: Sentence) -> Iterator[Hit]:
    """Yield the words of speech of a sentence, longest first at each place."""
    index = sentence.first
    while index < sentence.last:
        hit = speech_at(tokens, index, sentence.last)
        if hit is not None:
            yield hit
        index = hit.last if hit is not None else index + 1


class Table:
    """A sentence's tokens, mentions and cues, with the look-ups the reading of one cue needs."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence, found: list[Mention], cues: list[Hit]) -> None:
        self.tokens = tokens
        self.sentence = sentence
        self.found = found
        self.by_end = {mention.last: mention for mention in found}
        self.by_start = {mention.first: mention for mention in found}
        self.cue_at = {cue.first: cue for cue in cues}
        self.verbs = {index for cue in cues for index in range(cue.first, cue.last)}

    def norm(self, index: int) -> str:
        """Return a token's lower-case form, "" outside the sentence."""
        return self.tokens[index].norm if self.sentence.first <= index < self.sentence.last else ""


def grammar(role: str) -> frozenset[str]:
    """Return the small words that play a part around words of speech (lexicon ``speech_grammar``)."""
    return words_of("speech_grammar", role)
