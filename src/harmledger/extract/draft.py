"""A claim in the making, and what each stage adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from harmledger.counts import Count
from harmledger.model import Group, Kind, Role, Scope, Status

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """What a stage read for one field of one draft, and from which words. ``value`` None is "not told"."""

    value: Value
    because: str = ""


@dataclass(slots=True)
class Draft:
    """Tokens ``first`` to ``last`` (half-open) count harm of a ``kind``.

    ``harm`` is the token of the word of harm that governs the count ("killed"), ``head`` the token of the noun
    counted ("civilians"); either may be None. ``parent`` is an index into the report's drafts.
    """

    first: int
    last: int
    kind: Kind
    count: Count
    harm: int | None = None
    head: int | None = None
    group: Group = "people"
    status: Status = "unstated"
    scope: Scope = "incident"
    role: Role = "stated"
    parent: int | None = None
    because: dict[str, str] = field(default_factory=dict)
    confidence: float | None = None


Drafts = Sequence[Draft]
