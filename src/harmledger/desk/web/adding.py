"""Adding reports: paste, files, progress, stop."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from harmledger.dates import parse_day
from harmledger.desk.adding import MOST_BYTES
from harmledger.desk.people import Session
from harmledger.desk.web.guard import may, may_change, workplace
from harmledger.desk.web.showing import page
from harmledger.errors import DeskError

router = APIRouter()
Changer = Annotated[Session, Depends(may_change("add"))]
Text = Annotated[str, Form(max_length=200)]


@router.get("/add")
def add_page(request: Request, session: Annotated[Session, Depends(may("add"))]) -> Response:
    """Show the forms."""
    return page(request, "add.html.j2", session, batch=None, imports=workplace(request).importing.list())


@router.post("/add/text")
def add_text(
    request: Request,
    session: Changer,
    text: Annotated[str, Form(max_length=MOST_BYTES)] = "",
    name: Text = "",
    published: Text = "",
    outlet: Text = "",
) -> Response:
    """Take in a text."""
    if not text.strip():
        raise DeskError("The text is empty: paste what the report says.", "add.empty")
    day = parse_day(published) if published else None
    batch = workplace(request).adding.paste(text, name, day, outlet.strip(), session.person.name)
    return RedirectResponse(f"/add/{batch.id}", 303)


@router.post("/add/files")
def add_files(
    request: Request,
    session: Changer,
    files: Annotated[list[UploadFile], File()],
    published: Text = "",
    outlet: Text = "",
) -> Response:
    """Take in files."""
    held, size = [], 0
    for each in files:
        size += each.size or 0
        if size > MOST_BYTES:
            raise DeskError(
                "These files are more than 50 MB. Give them to `harmledger add`, or in several parts.", "add.too_large"
            )
        if each.filename:
            held.append((each.filename, each.file.read()))
    if not held:
        raise DeskError("No file was chosen.", "add.no_file")
    day = parse_day(published) if published else None
    batch = workplace(request).adding.files(held, day, outlet.strip(), session.person.name)
    return RedirectResponse(f"/add/{batch.id}", 303)


@router.get("/add/{name}")
def batch_page(request: Request, name: str, session: Annotated[Session, Depends(may("add"))]) -> Response:
    """Show how far a batch has come."""
    batch = workplace(request).adding.batches.get(name)
    if batch is None:
        raise HTTPException(404)
    desk = workplace(request)
    waiting = desk.ledger.state().waiting if batch.state != "taking" else 0
    return page(request, "add.html.j2", session, batch=batch, reading=desk.fresh, waiting=waiting)


@router.post("/add/{name}/stop")
def stop(request: Request, name: str, session: Changer) -> Response:
    """Stop a batch; what was taken in stays."""
    del session
    batch = workplace(request).adding.batches.get(name)
    if batch is None:
        raise HTTPException(404)
    workplace(request).adding.stop(batch)
    return RedirectResponse(f"/add/{name}", 303)


@router.post("/add/{name}/go-on")
def go_on(request: Request, name: str, session: Changer) -> Response:
    """Read on what was stopped."""
    del session
    batch = workplace(request).adding.batches.get(name)
    if batch is None:
        raise HTTPException(404)
    workplace(request).adding.go_on(batch)
    return RedirectResponse(f"/add/{name}", 303)
