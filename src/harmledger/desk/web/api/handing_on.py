"""Exports: the same as ``harmledger export`` writes, as one ZIP of all its files, by a profile the caller may have."""

from __future__ import annotations

import shutil
import tempfile
import time
import zipfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from harmledger.desk.web.api.asking import Desk, Queried
from harmledger.desk.web.api.door import Looker
from harmledger.desk.web.api.problems import Problem
from harmledger.export import Done, Plan, export_cases
from harmledger.export.redaction import read_profile
from harmledger.export.totals import totals_in
from harmledger.home import home

router = APIRouter(tags=["Exports"])
Format = Literal[
    "csv", "jsonl", "ged", "acled", "airwars", "hxl", "sdg", "geojson", "gpkg", "parquet", "ftm", "html", "pdf"
]
Profile = Literal["public", "partners", "full"]
# An export reads the whole record; one at a time leaves room for those who review.
_turn = BoundedSemaphore(1)


@router.get(
    "/export/{format}",
    summary="Export the record",
    response_class=FileResponse,
    responses={200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
)
def export(
    desk: Desk,
    caller: Looker,
    format: Format,
    query: Queried,
    profile: Annotated[Profile, Query(description="`partners` and `full` need the scope `restricted`.")] = "public",
) -> FileResponse:
    """Give the incidents that a question finds in one of the field's formats, with its notes, as a ZIP."""
    if profile != "public" and not caller.may("restricted"):
        raise Problem(403, f"The profile {profile!r} shows restricted fields; the token lacks their scope.", "scope")
    if not _turn.acquire(blocking=False):
        raise Problem(429, "Another export is being made.", "busy", headers={"Retry-After": "10"})
    folder = Path(tempfile.mkdtemp(prefix="harmledger-export-"))
    try:
        out = folder / "files" / f"record.{_ENDINGS.get(format, format)}"
        out.parent.mkdir()

        def record(done: Done) -> None:
            told = {
                "export": done.export, "format": format, "profile": profile, "query": str(query), "rows": done.rows,
                "incidents": done.incidents, "files": dict(done.digests), "through": caller.token.name,
            }  # fmt: skip
            desk.ledger.record_event("export", told, caller.person.name)

        plan = Plan(
            format, out, query, read_profile(profile), caller.person.name, int(time.time()), home=home(), record=record
        )
        export_cases(desk.ledger.cases(), totals_in(desk.ledger), plan)
        packed = folder / "export.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(out.parent.iterdir()):
                archive.write(path, path.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        _turn.release()
    done = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(packed, media_type="application/zip", filename=f"harmledger-{format}.zip", background=done)


# What the files of some formats end with.
_ENDINGS = {"ged": "csv", "acled": "csv", "airwars": "csv", "hxl": "csv", "sdg": "csv", "ftm": "ftm.json"}
