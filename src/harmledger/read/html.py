"""Web pages: the main text, the title, the outlet and the date, without menus, buttons and embed ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from harmledger.dates import parse_day
from harmledger.errors import DateError, ReportError
from harmledger.read.chrome import without_chrome
from harmledger.read.encoding import decode, refuse_binary, without_controls

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
# A page's date may not depend on the day on which the page is read.
_LATEST = "2100-12-31"


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself, and its main text."""

    text: str
    title: str | None
    published: date | None
    outlet: str | None
    address: str | None
    notes: tuple[str, ...]


def page_of(original: bytes, where: str) -> Page:
    """Return the main part of a web page; ReportError where it has none."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    refuse_binary(original, where)
    markup, notes = _markup(original)
    markup, controls = without_controls(markup)
    notes += controls
    try:
        found = bare_extraction(
            markup, include_comments=False, favor_recall=True, with_metadata=True, date_extraction_params=_dating()
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise ReportError(where, f"could not be read as a page ({error}).", "Save its text instead.") from error
    text = without_chrome(found.text or "").strip() if isinstance(found, Document) else ""
    if not isinstance(found, Document) or not text:
        raise ReportError(
            where, "is a page without text.", "A page that builds itself in the browser must be saved from there."
        )
    published = _day(found.date)
    if published:
        notes += (f"Published {published}, as the page's own marks say.",)
    title = found.title or None
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n\n{text}"
    return Page(text, title, published, found.sitename or found.hostname or None, found.url or None, notes)


def _markup(original: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode by the page's own word where it has one that holds."""
    named = _CHARSET.search(original[:4096])
    if named:
        try:
            return original.decode(named.group(1).decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(original)


def _dating() -> dict[str, object]:
    return {"original_date": True, "extensive_search": False, "max_date": _LATEST}


def _day(text: str | None) -> date | None:
    try:
        return parse_day(text) if text else None
    except DateError:
        return None
