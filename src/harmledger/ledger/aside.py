"""Reports that a person set aside: one by its id, or all of an import by the line that tells of it.

Such a report is kept with its bytes and what was read in it, and enters no incident and no sum, until the judgement is
undone. An import is named "import:57" by the number of its line; its reports are those that came after this line out
of the same original, up to the next import of that original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, func, select

from harmledger.ledger.chain import Line
from harmledger.ledger.lines import read_lines
from harmledger.ledger.tables import reports

if TYPE_CHECKING:
    from harmledger.judged import Standing

IMPORT = "import"
_NAME = re.compile(r"import:(\d{1,15})")


def import_name(number: int) -> str:
    """Return the name by which an import is judged.

    >>> import_name(57)
    'import:57'
    """
    return f"{IMPORT}:{number}"


def imports(connection: Connection) -> list[Line]:
    """Return the lines that tell of imports, in order."""
    return [line for line in read_lines(connection, [IMPORT]) if line.told.get("original")]


def reports_of(connection: Connection, name: str) -> dict[int, str]:
    """Return the reports of an import, or the one of an id, by their lines' numbers; none where there is no such.

    A report's own id comes first: one that is called like an import is still that report.
    """
    one = connection.execute(select(reports.c.number, reports.c.id).where(reports.c.id == name)).first()
    if one is not None:
        return {one.number: one.id}
    match = _NAME.fullmatch(name)
    within = _within(imports(connection), int(match[1])) if match else None
    if within is None:
        return {}
    asked = select(reports.c.number, reports.c.id).where(within).order_by(reports.c.number)
    return {row.number: row.id for row in connection.execute(asked)}


def counted(connection: Connection) -> list[tuple[Line, int]]:
    """Return the imports, each with how many reports it brought that are still there."""
    lines = imports(connection)
    found = []
    for line in lines:
        within = _within(lines, line.number)
        asked = select(func.count()).select_from(reports)
        found.append((line, connection.execute(asked.where(within)).scalar_one() if within is not None else 0))
    return found


def _within(lines: Sequence[Line], number: int) -> ColumnElement[bool] | None:
    """Return the condition that a report came with the import of a line; None where there is no such import."""
    line = next((each for each in lines if each.number == number), None)
    if line is None:
        return None
    original = line.told["original"]
    later = (each.number for each in lines if each.number > number and each.told["original"] == original)
    end = next(later, None)
    within: ColumnElement[bool] = (reports.c.original == original) & (reports.c.number > number)
    return within if end is None else within & (reports.c.number < end)


def reports_aside(connection: Connection, stands: Standing) -> Mapping[int, str]:
    """Return the reports that are set aside, by their lines' numbers."""
    found: dict[int, str] = {}
    for name in _subjects(stands):
        found |= reports_of(connection, name)
    return found


def _subjects(stands: Standing) -> Iterator[str]:
    for subject, told in stands.about.items():
        if any(judgement.verb == "set_aside" for judgement in told):
            yield subject
