"""Reports in: a text as JSON, or a file as ``harmledger add`` reads it; what was there before is told."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Annotated

import orjson
from fastapi import APIRouter, Body, Query
from pydantic import Field
from starlette.responses import Response

from harmledger.desk.adding import safe_name
from harmledger.desk.tokens import Caller
from harmledger.desk.web.api.asking import PLAIN, Desk
from harmledger.desk.web.api.door import Adder
from harmledger.desk.web.api.problems import Fault, Problem
from harmledger.desk.web.api.shapes import Day, Shape
from harmledger.desk.workplace import Workplace
from harmledger.errors import ReportError
from harmledger.read import ReadOptions
from harmledger.read.options import LONGEST_TEXT

router = APIRouter(tags=["Reports"])
Words = Annotated[str | None, Field(max_length=500, pattern=PLAIN)]
_KNOWN = "All of it was there before."


class ReportSent(Shape):
    """A report as text. Without an `id` it gets one from its content."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    id: Annotated[str | None, Field(min_length=1, max_length=200, pattern=PLAIN)] = None
    published: Day | None = None
    outlet: Words = None
    address: Words = None
    title: Words = None


class Taken(Shape):
    """A report that the ledger now holds; `new` is false where it held it before."""

    number: int
    id: str
    new: bool


class Intake(Shape):
    """What came of sending reports."""

    taken: list[Taken]
    errors: list[Fault] = Field(description="What could not be read; the rest was taken in.")
    up_to_date: bool = Field(description="Whether claims and incidents already tell of it.")


@router.post(
    "/reports", response_model=Intake, status_code=201, summary="Send a report", responses={200: {"model": Intake}}
)
def send_report(response: Response, desk: Desk, caller: Adder, report: ReportSent) -> Intake:
    """Take in a text. The same fields sent again are the same report: 200 instead of 201."""
    told = report.model_dump(mode="json", exclude_none=True)
    line = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    told.setdefault("id", f"api-{hashlib.sha256(line).hexdigest()[:12]}")
    name, data = "report.jsonl", orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return _taken(response, desk, caller, (name, data), ReadOptions(format="jsonl"))


@router.post(
    "/files",
    response_model=Intake,
    status_code=201,
    summary="Send a file",
    responses={200: {"model": Intake, "description": _KNOWN}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def send_file(
    response: Response,
    desk: Desk,
    caller: Adder,
    data: Annotated[bytes, Body(media_type="application/octet-stream")] = b"",
    name: Annotated[str, Query(min_length=1, max_length=200, pattern=PLAIN, description="The file's name.")] = "file",
    published: Annotated[Day | None, Query(description="The day of reports that tell none.")] = None,
    outlet: Annotated[
        str, Query(max_length=200, pattern=PLAIN, description="The outlet of reports that tell none.")
    ] = "",
) -> Intake:
    """Take in a file: text, web page, PDF, JSON lines, CSV, feed or web archive, found out from name and bytes."""
    if not data:
        raise Problem(422, "The file is empty.", "unreadable")
    return _taken(response, desk, caller, (safe_name(name) or "file", data), ReadOptions(published, outlet or None))


def _taken(
    response: Response, desk: Workplace, caller: Caller, file: tuple[str, bytes], options: ReadOptions
) -> Intake:
    taken, faults = [], []
    with tempfile.TemporaryDirectory(prefix="harmledger-desk-") as folder:
        path = Path(folder) / file[0]
        path.write_bytes(file[1])
        for item in desk.ledger.add_files([path], options, caller.person.name):
            if isinstance(item, ReportError):
                where = item.where.replace(folder, "").lstrip("/\\")
                faults.append(Fault(where=where, what=f"{item.what} {item.remedy}".strip()))
            else:
                taken.append(Taken(number=item.number, id=item.report.id, new=item.new))
    if not taken:
        raise Problem(422, "Nothing in it could be read as a report; `errors` tells why.", "unreadable", faults)
    new = [each.id for each in taken if each.new]
    if new:
        desk.ledger.record_event(
            "token", {"what": "add", "reports": len(new), "through": caller.token.name}, caller.person.name, new
        )
    response.status_code = 201 if new else 200
    return Intake(taken=taken, errors=faults, up_to_date=desk.fresh.wait())
