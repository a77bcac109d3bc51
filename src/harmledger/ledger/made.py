"""What the engine makes, as bytes to keep: the same claims, events, incidents and entries are always the same bytes."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec

from harmledger.errors import LedgerError
from harmledger.model import Claim, Entry, Event, Incident

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one report."""

    claims: tuple[Claim, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """An incident and what the record says of it."""

    incident: Incident
    entry: Entry


def plain(made: object) -> bytes:
    """Return something made as JSON, keys in one order."""
    return msgspec.json.encode(made, order="deterministic")


def packed(made: object) -> bytes:
    """Return something made, compressed."""
    return zlib.compress(plain(made), 6)


def unpacked(kept: bytes, kind: type[Kind]) -> Kind:
    """Return what ``packed`` was given; LedgerError where it was changed."""
    try:
        return msgspec.json.decode(zlib.decompress(kept), type=kind)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise LedgerError(
            f"What the engine made of a report was changed ({error}). Reports and judgements are kept apart from it: "
            "`harmledger verify` tells what is wrong, `harmledger rebuild` makes it anew."
        ) from error


def plain_of(kept: bytes) -> bytes:
    """Return the JSON that is kept."""
    return zlib.decompress(kept)


def without_text(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return events without the text of their report, which stands in its line already."""
    return tuple(replace(event, text="") for event in events)


def with_text(events: Sequence[Event], texts: Mapping[str, str]) -> tuple[Event, ...]:
    """Return events with the texts of their reports, by the reports' ids."""
    return tuple(replace(event, text=texts.get(event.report, "")) for event in events)


def bare(incident: Incident) -> Incident:
    """Return an incident whose events hold no text."""
    return replace(incident, events=without_text(incident.events))


def whole(incident: Incident, texts: Mapping[str, str]) -> Incident:
    """Return an incident whose events hold their texts again."""
    return replace(incident, events=with_text(incident.events, texts))
