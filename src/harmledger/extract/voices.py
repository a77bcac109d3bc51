"""The speakers of a report as data: what the analysis of independent origins starts from."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.extract.credited import credits_of
from harmledger.extract.reading import Reading
from harmledger.model import Span


@dataclass(frozen=True, slots=True)
class Voice:
    """One who speaks in a report: by its fullest name, of a kind, heard at these words.

    ``kind`` is one of monitor, media, government, military, medical, civil_defence, un, witnesses, ngo, police,
    armed_group, activists, social_media, reports, source, person, organisation, or "" where the words do not tell.
    ``through`` names those who handed its words on ("told Reuters"); ``handed_on`` those whose words it handed on.
    """

    name: str
    kind: str
    person: bool
    named: bool
    heard: tuple[Span, ...]
    through: tuple[str, ...] = ()
    handed_on: tuple[str, ...] = ()


def speakers(reading: Reading) -> list[Voice]:
    """Return the report's speakers in the order they are first heard, each once."""
    met: dict[str, Voice] = {}
    for row in credits_of(reading).values():
        for credit in row:
            saying = credit.saying
            span = Span(reading.tokens[saying.first].start, reading.tokens[saying.last - 1].end)
            said = [(s, tuple(r.name for r in credit.relays), ()) for s in credit.speakers]
            passed = [(r, (), tuple(s.name for s in credit.speakers)) for r in credit.relays]
            for speaker, through, handed_on in [*said, *passed]:
                if speaker.name:
                    fresh = Voice(
                        speaker.name, speaker.kind, speaker.person, speaker.named, (span,), through, handed_on
                    )
                    met[speaker.name] = _both(met.get(speaker.name), fresh)
    return list(met.values())


def _both(known: Voice | None, fresh: Voice) -> Voice:
    if known is None:
        return fresh
    return Voice(
        known.name,
        known.kind or fresh.kind,
        known.person or fresh.person,
        known.named or fresh.named,
        tuple(dict.fromkeys(known.heard + fresh.heard)),
        tuple(dict.fromkeys(known.through + fresh.through)),
        tuple(dict.fromkeys(known.handed_on + fresh.handed_on)),
    )
