"""The nouns of the record. All are frozen: what was said is never edited, only judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from harmledger.counts import Count, CountRange
from harmledger.dates import DateRange
from harmledger.places import Place

Kind = Literal["killed", "injured", "casualties", "missing", "detained", "displaced", "affected", "damaged"]
Group = Literal["people", "children", "women", "men", "women_and_children", "things"]
Status = Literal["civilian", "combatant", "unstated", "mixed"]
Scope = Literal["incident", "cumulative"]
Role = Literal["stated", "denied", "disputed"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (half-open, Unicode code points) of a report's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Report:
    """A text with its origin. ``text`` is what was read out of the original; offsets count into it.

    ``published`` is the day its outlet gives, which is sometimes wrong. ``notes`` tells what was
    mended on the way in (an encoding, page chrome dropped). ``sha256`` is the hash of the original bytes.
    """

    id: str
    text: str
    published: date | None = None
    outlet: str | None = None
    address: str | None = None
    title: str | None = None
    sha256: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One count of harm as a report states it, with the characters that say it.

    The fields are those of the annotation guideline (docs/glossary.md). ``id`` is a hash of the report's id and
    text, the span, the kind and the engine. ``parent`` is the id of the claim whose victims include these.
    ``because`` gives, field by field, the words a value was read from. ``confidence`` is the share of claims
    scored like this one that were right when measured.
    """

    id: str
    report: str
    span: Span
    sentence: Span
    kind: Kind
    count: Count
    group: Group
    status: Status
    scope: Scope
    place: str | None = None
    located: Place | None = None
    when: DateRange | None = None
    actor: str | None = None
    means: str | None = None
    munitions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    role: Role = "stated"
    parent: str | None = None
    because: Mapping[str, str] = field(default_factory=dict)
    confidence: float | None = None
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Victim:
    """A person named as killed or injured, with what the report tells of them.

    ``grown`` is True or False where the report tells a grown-up from a child, by age or by kinship; else None.
    """

    report: str
    span: Span
    name: str
    kind: Kind
    age: int | None = None
    sex: Literal["female", "male"] | None = None
    grown: bool | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a recorder would note beside the harm: ground taken or lost, a siege, a denial, with its speakers."""

    report: str
    span: Span
    topic: Literal["territory", "siege", "denial", "responsibility", "unblamed"]
    place: str | None = None
    sources: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unnumbered:
    """Harm that a report tells without a number ("and others were injured"); ``several`` where it is a plural."""

    report: str
    span: Span
    kind: Kind
    group: Group = "people"
    several: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """What one report tells of one event. ``main`` is the event that the report is about.

    ``victims`` and ``unnumbered`` are kept beside the claims: a recorder counts names where no number is given.
    ``context`` tells day, place and blame where nobody is counted; it is no claim of the record. ``heard`` names those
    who speak of the attack in the report, whether or not they are credited with a count; ``statements`` holds who
    claims and who denies to have done it.
    """

    id: str
    report: str
    claims: tuple[Claim, ...]
    victims: tuple[Victim, ...] = ()
    unnumbered: tuple[Unnumbered, ...] = ()
    main: bool = True
    published: date | None = None
    outlet: str | None = None
    text: str = field(default="", repr=False)
    context: tuple[Claim, ...] = ()
    heard: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims, of one or many reports, that speak of one event, and why they were put together.

    ``events`` holds what each report tells of it, the earliest first; ``former`` the ids it had before a merge.
    """

    id: str
    reports: tuple[str, ...]
    claims: tuple[Claim, ...]
    because: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    links: tuple[Link, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why two reports were put together: the weight of each comparison, in the words of its reason."""

    report: str
    other: str
    probability: float
    weights: tuple[tuple[str, float], ...] = ()
    judged: str | None = None


Verb = Literal[
    "reject_claim",
    "correct_claim",
    "confirm_claim",
    "same_incident",
    "not_same_incident",
    "place",
    "grade",
    "note",
    "set_aside",
    "undo",
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision, with who made it, when and why. It outranks what is derived, for good.

    ``subject`` and ``other`` are ids of claims, reports, events or incidents, as the ``verb`` asks; of ``undo``,
    ``subject`` is the id of the judgement that is taken back; of ``set_aside`` it is a report, or an import as
    "import:57". ``field`` is the field of the claim that ``correct_claim`` mends, ``value`` its right value, a grade, a
    place's id or "latitude,longitude", or a note.
    Of two that contradict each other the later stands. ``at`` is an ISO time with its offset.
    """

    verb: Verb
    subject: str
    other: str | None = None
    value: str | None = None
    by: str = ""
    at: str = ""
    reason: str = ""
    field: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin of what is told: a speaker or an outlet, and the reports that rest on it."""

    name: str
    reports: tuple[str, ...]
    because: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that does not enter a range, and why."""

    claim: str
    field: str
    because: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the record says of one incident. ``because`` gives each figure's reason, by field.

    ``best`` is one figure for each range where a person needs one, with its rule in ``because["best"]``. ``tolls``
    holds the range of every kind and group that is told, the five above among them, under names such as "missing" and
    "children_injured". ``corrections``, ``confirmed`` (claim ids) and ``notes`` tell what persons judged.
    """

    incident: str
    reports: tuple[str, ...]
    killed: CountRange | None
    injured: CountRange | None
    children_killed: CountRange | None
    women_killed: CountRange | None
    men_killed: CountRange | None
    when: DateRange | None
    place: str | None
    located: Place | None
    actor: str | None
    means: str | None
    grade: str
    because: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    contradictions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    best: Mapping[str, int] = field(default_factory=dict)
    victims: tuple[Victim, ...] = ()
    tolls: Mapping[str, CountRange] = field(default_factory=dict)
    corrections: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One incident with all that it rests on: what an export or a page needs, and no more.

    ``reports`` are those of the incident, in its order; the claims stand in ``incident``.
    """

    incident: Incident
    entry: Entry
    reports: tuple[Report, ...]
