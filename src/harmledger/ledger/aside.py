"""Reports that a person set aside: one by its id, or all of an import by the line that tells of it.

Such a report is kept with its bytes and what was read in it, and enters no incident and no sum, until the judgement is
undone. An import is named "import:57" by the number of its line; its reports are those that came after this line out
of the same original, up to the next import of that original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

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
    if match is None:
        return {}
    line: Line | None = None
    end: int | None = None
    for each in imports(connection):
        if each.number == int(match[1]):
            line = each
        elif line is not None and each.told["original"] == line.told["original"]:
            end = each.number
            break
    if line is None:
        return {}
    asked = select(reports.c.number, reports.c.id).where(
        reports.c.original == line.told["original"], reports.c.number > line.number
    )
    if end is not None:
        asked = asked.where(reports.c.number < end)
    return {row.number: row.id for row in connection.execute(asked.order_by(reports.c.number))}


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
