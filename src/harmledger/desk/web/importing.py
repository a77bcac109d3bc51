"""The import wizard's pages: a spreadsheet comes, its columns are settled, its rows are taken in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from harmledger.desk.adding import MOST_BYTES
from harmledger.desk.people import Session
from harmledger.desk.web.guard import may, may_change, workplace
from harmledger.desk.web.showing import page
from harmledger.desk.wizard.columns import What, fields
from harmledger.desk.wizard.importing import Upload, plan_of
from harmledger.errors import DeskError

router = APIRouter()
Changer = Annotated[Session, Depends(may_change("add"))]


@router.post("/import")
def upload(
    request: Request, session: Changer, table: Annotated[UploadFile, File()], what: Annotated[What, Form()] = "reports"
) -> Response:
    """Take a spreadsheet and lead to its columns."""
    if not table.filename:
        raise DeskError("No file was chosen.", "add.no_file")
    if (table.size or 0) > MOST_BYTES:
        raise DeskError("This file is more than 50 MB. Split it into several.", "add.too_large")
    made = workplace(request).importing.upload(table.filename, table.file.read(), what, session.person.name)
    return RedirectResponse(f"/import/{made.id}", 303)


def _upload(request: Request, name: str, session: Session) -> Upload:
    found = workplace(request).importing.of(name, session.person.name)
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/import/{name}")
def columns_page(request: Request, name: str, session: Annotated[Session, Depends(may("add"))]) -> Response:
    """Show the columns, the first rows as they would be read, and what is wrong with which row."""
    found = _upload(request, name, session)
    checked = workplace(request).importing.check(found)
    return page(
        request, "import.html.j2", session, upload=found, checked=checked, fields=fields(found.plan.what).values()
    )


@router.post("/import/{name}")
async def columns(request: Request, name: str, session: Changer) -> Response:
    """Settle the columns."""
    found = _upload(request, name, session)
    form = await request.form()
    plan = plan_of(found.plan.what, {key: value for key, value in form.items() if isinstance(value, str)}, found.plan)
    workplace(request).importing.settle(found, plan)
    return RedirectResponse(f"/import/{name}#check", 303)


@router.post("/import/{name}/take")
def take(request: Request, name: str, session: Changer) -> Response:
    """Take the good rows in."""
    batch = workplace(request).importing.take(_upload(request, name, session))
    return RedirectResponse(f"/add/{batch.id}", 303)
