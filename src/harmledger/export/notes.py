"""The note beside an export: who, when and what, and what the format could not carry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from harmledger.export.losses import Losses
from harmledger.export.plan import FORMATS, Plan


def note(plan: Plan, losses: Losses, incidents: int, withheld: int, export: str) -> str:
    """Return the note as text.

    What was withheld is told as "fewer than" where it is few: its number would tell what the profile hides.
    """
    return "\n".join(_lines(plan, losses, incidents, withheld, export)) + "\n"


def _lines(plan: Plan, losses: Losses, incidents: int, withheld: int, export: str) -> Iterator[str]:
    made = datetime.fromtimestamp(plan.at, UTC).isoformat(timespec="seconds") if plan.at else "not told"
    yield f"Export {export} of harmledger"
    yield f"format: {plan.format} ({FORMATS[plan.format]})"
    # who exported is in the ledger: outside, an analyst's name is as much to be guarded as a source's
    yield f"made: {made}" + (f", by {plan.by}" if plan.by and not plan.profile.redacts else "")
    yield f"asked for: {plan.query}" if plan.query else "asked for: everything"
    yield f"profile: {plan.profile.name} ({plan.profile.what})"
    yield f"rows: {losses.rows}" + (f", of {incidents} incidents" if not withheld else "")
    if withheld:
        least = plan.profile.minimum_cell
        count = f"fewer than {least}" if withheld < least else str(withheld)
        yield f"withheld: {count} incidents that share place and date with fewer than {least} others"
    yield ""
    yield "What the format says less of than the record, by column and number of rows:"
    lost = list(losses.lines())
    yield from lost or ["nothing"]
    empty = list(losses.empty_lines())
    if empty:
        yield ""
        yield "Columns that stand empty because nothing is told, or because only their owner fills them:"
        yield from empty
