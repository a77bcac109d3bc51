"""The same report as PDF, by WeasyPrint; no address in it is ever opened."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from harmledger.errors import ExportError
from harmledger.export.files import Bundle
from harmledger.export.losses import Losses
from harmledger.export.plan import Plan
from harmledger.export.report.page import page, sheet
from harmledger.export.rows import Total
from harmledger.model import Case

_REMEDY = "Install it with `pip install 'harmledger[pdf]'`; it needs Pango, which Debian calls libpangoft2-1.0-0."


class PaperWriter:
    """Writes the report for people as PDF."""

    def __init__(self) -> None:
        self.meanings: dict[str, str] = {}

    def write(self, bundle: Bundle, cases: Iterable[Case], totals: Iterable[Total], losses: Losses, plan: Plan) -> None:
        """Write the PDF."""
        html = _weasyprint()
        text = _styled_inside(page(cases, totals, losses, plan))
        bundle.open(bundle.out).write(html(string=text, url_fetcher=_refuse).write_pdf())


def _styled_inside(text: str) -> str:
    """Return a page with its drawings' styles inside them: WeasyPrint sees no others there, and knows no var()."""
    colours = dict(_COLOUR.findall(sheet("page.css")))
    style = _VARIABLE.sub(lambda found: colours[found[1]], sheet("drawing.css"))
    return _SVG.sub(lambda found: f"{found[0]}<style>{style}</style>", text)


_COLOUR = re.compile(r"(--[a-z]+):\s*(#[0-9a-f]+)")
_VARIABLE = re.compile(r"var\((--[a-z]+)\)")
_SVG = re.compile(r"<svg [^>]*>")


def _weasyprint() -> Any:
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        first = str(error).strip().splitlines()[0]
        raise ExportError(f"pdf needs WeasyPrint, which could not be used ({first}). {_REMEDY}") from error
    return HTML


def _refuse(address: str, *_: object, **__: object) -> dict[str, Any]:
    raise ValueError(f"{address}: nothing is fetched")
