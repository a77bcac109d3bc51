"""The shapes in which the API tells of things; the names and their order are a contract, as those of exports are."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from harmledger.desk.slices import MOST, USUAL

Cursor = Annotated[str, Query(max_length=1000, description="Where to go on: `next` of the piece before.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Asked = Annotated[
    str,
    Query(
        max_length=500,
        description='As for exports and at the desk: `date:2030-05 place:"Tell Example" kind:killed grade:fair`.',
    ),
]
USUAL_LIMIT = USUAL


def _written(told: object) -> object:
    # pydantic would take 0, and "0", for the first of January 1970.
    if isinstance(told, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", told, re.ASCII):
        raise ValueError("a day is written as 2030-05-01")
    if isinstance(told, (int, float)):
        raise ValueError("a day is written as 2030-05-01, in quotation marks")
    return told


# A day that a caller tells.
Day = Annotated[date, BeforeValidator(_written)]


class Shape(BaseModel):
    """A frozen shape."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(Shape):
    """The lowest and the highest figure that stands; `high` null is an open end."""

    low: int
    high: int | None


class Place(Shape):
    """Where. Without the right to restricted fields no finer than a town, points to a tenth of a degree."""

    name: str | None
    admin1: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: str | None


class IncidentRow(Shape):
    """An incident in a list."""

    id: str
    place: Place
    date_start: date | None
    date_end: date | None
    killed: Range | None
    injured: Range | None
    kinds: list[str]
    actor: str | None
    means: str | None
    grade: str
    reports: int
    origins: int
    doubt: float = Field(description="How much a person should doubt it: more is more.")


class Toll(Shape):
    """A figure with the claims it rests on, which lead to sentences, and why it stands."""

    low: int
    high: int | None
    best: int
    claims: list[str] | None
    because: str | None


class Origin(Shape):
    """One independent origin and the reports that rest on it."""

    name: str
    reports: list[str]
    because: str


class LeftOut(Shape):
    """A claim that does not enter a range, and why."""

    claim: str
    field: str
    because: str


class Weight(Shape):
    """What speaks for a merge, or below zero against it."""

    because: str
    weight: float


class Link(Shape):
    """Why two reports were put together."""

    report: str
    other: str
    probability: float
    weights: list[Weight]
    judged: str | None


class JudgementTold(Shape):
    """A person's decision. `stands` is false where it was taken back."""

    id: str
    verb: str
    subject: str
    other: str | None
    field: str | None
    value: str | None
    reason: str
    by: str
    at: str
    stands: bool


class IncidentTold(Shape):
    """An incident with all it rests on. What is null in `withheld` is withheld, not missing."""

    id: str
    former: list[str]
    place: Place
    date_start: date | None
    date_end: date | None
    tolls: dict[str, Toll]
    actor: str | None
    means: str | None
    grade: str
    withheld: list[str]
    because: dict[str, str] | None
    claims: list[str] | None
    reports: list[int] | None = Field(description="The numbers of its reports.")
    origins: list[Origin] | None
    left_out: list[LeftOut] | None
    contradictions: list[str] | None
    warnings: list[str] | None
    links: list[Link] | None
    notes: list[str] | None
    judgements: list[JudgementTold] | None
    persons_named: int | None = Field(description="How many are named; `/names` tells whom, and is logged.")
    seen: int = Field(description="Send it back with a judgement, to be told of others who judged meanwhile.")


class Named(Shape):
    """A person whom reports name as harmed."""

    report: str
    name: str
    kind: str
    age: int | None
    sex: str | None


class Names(Shape):
    """The persons whom reports name."""

    items: list[Named]


class ClaimTold(Shape):
    """One count of harm as a report states it, with what persons corrected, and its sentence."""

    id: str
    report: int = Field(description="The number of its report.")
    report_id: str
    start: int
    end: int
    sentence: str
    words: str = Field(description="The characters that say the number.")
    kind: str
    value: int | None
    high: int | None
    bound: str
    group: str
    status: str
    scope: str
    place: str | None
    place_id: str | None
    latitude: float | None
    longitude: float | None
    precision: str | None
    start_date: date | None
    end_date: date | None
    actor: str | None
    means: str | None
    munitions: list[str]
    sources: list[str]
    role: str
    parent: str | None
    confidence: float | None
    because: dict[str, str]
    engine: str
    state: Literal["open", "accepted", "corrected", "rejected"]
    doubts: list[str]
    incident: str | None


class ClaimAlone(ClaimTold):
    """A claim with what persons judged of it."""

    judgements: list[JudgementTold]
    seen: int = Field(description="Send it back with a judgement, to be told of others who judged meanwhile.")


class ReportRow(Shape):
    """Where a report comes from."""

    number: int
    id: str
    published: date | None
    outlet: str | None
    address: str | None
    title: str | None
    sha256: str | None
    notes: list[str]
    taken_at: str
    taken_by: str


class ReportTold(ReportRow):
    """A report with its text; `claims` are the ids of what was read in it."""

    text: str
    claims: list[str]


class HitTold(Shape):
    """A report that was found, with the claims that are asked for."""

    report: ReportRow
    claims: list[str]


class Incidents(Shape):
    """A piece of the incidents. `up_to_date` is false while the record is still being made of what came in last."""

    items: list[IncidentRow]
    next: str | None
    up_to_date: bool


class Claims(Shape):
    """A piece of the claims."""

    items: list[ClaimTold]
    next: str | None
    up_to_date: bool


class Reports(Shape):
    """A piece of the reports."""

    items: list[ReportRow]
    next: str | None


class Hits(Shape):
    """A piece of what was found."""

    items: list[HitTold]
    next: str | None


class Judgements(Shape):
    """A piece of the judgements."""

    items: list[JudgementTold]
    next: str | None
