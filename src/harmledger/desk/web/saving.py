"""Figures to save: a drawing as SVG or PNG, numbers as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from harmledger.desk.drawing import png_of
from harmledger.desk.web.showing import templates, words_of
from harmledger.show.safe import cell


def svg(request: Request, template: str, **values: Any) -> str:
    """Return a drawing without links, which a file cannot follow."""
    return templates().get_template(template).render(w=words_of(request), linked=False, **values)


def saved_svg(text: str, name: str) -> Response:
    """Return a drawing as a file."""
    return _file(text.encode(), "image/svg+xml", f"{name}.svg")


def saved_png(request: Request, text: str, name: str) -> Response:
    """Return a drawing as a picture."""
    return _file(png_of(text, words_of(request).language), "image/png", f"{name}.png")


def saved_csv(rows: Sequence[Sequence[object]], name: str) -> Response:
    """Return numbers as a table in which no cell is taken for a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[cell(value) for value in row] for row in rows])
    return _file(out.getvalue().encode(), "text/csv; charset=utf-8", f"{name}.csv")


def _file(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
