"""Saved RSS and Atom feeds: a report for each entry, as far as the feed tells it."""

from __future__ import annotations

import hashlib
import io
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from warnings import catch_warnings, simplefilter

from harmledger.errors import ReportError
from harmledger.model import Report
from harmledger.read.encoding import without_controls
from harmledger.read.options import Read, ReadOptions
from harmledger.read.records import check_length

_BLOCK = re.compile(r"<(?:br|/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote))\b[^>]*>", re.IGNORECASE)
# What feedparser was seen to fail with on broken bytes, and its kin.
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_BLANK = re.compile(r"\n\s*\n\s*")


def feed_entries(original: bytes, where: str, options: ReadOptions) -> Iterator[Read]:
    """Yield the report of each entry of a feed; ReportError where the file is none.

    The entry is what the feed holds, often a summary: nothing is fetched.
    """
    import feedparser

    # Never the bytes themselves: feedparser takes what it is given for an address or a file's name first.
    try:
        with catch_warnings():
            simplefilter("ignore", DeprecationWarning)
            feed = feedparser.parse(io.BytesIO(original))
    except _FAULTS as error:
        yield where, ReportError(where, f"is no feed that can be read ({error}).", "Save it again, as RSS or Atom.")
        return
    entries = feed.get("entries") or []
    if not entries:
        why = f" ({feed['bozo_exception']})" if feed.get("bozo_exception") else ""
        yield where, ReportError(where, f"is no feed with entries{why}.", "Save the feed itself, as RSS or Atom.")
        return
    outlet = str(feed.get("feed", {}).get("title") or "") or None
    for number, entry in enumerate(entries, 1):
        here = f"{where}[{number}]"
        try:
            yield here, _report(entry, here, outlet, options)
        except ReportError as error:
            yield here, error


def _report(entry: Any, where: str, outlet: str | None, options: ReadOptions) -> Report:
    markup, whole = _content(entry)
    title = str(entry.get("title") or "").strip() or None
    body, notes = without_controls(_text(markup))
    text = f"{title}\n\n{body}" if title and title not in body[: len(title) + 200] else body
    if not text.strip():
        raise ReportError(where, "has no text.", "The feed only links to it; save the page.")
    check_length(text, where)
    if not whole:
        notes += ("The feed gives a summary alone; the page may tell more.",)
    address = str(entry.get("link") or "") or None
    published = _day(entry)
    told = "\x1f".join((str(entry.get("id") or ""), address or "", title or "", str(published), markup))
    return Report(
        str(entry.get("id") or address or where.rpartition("/")[2]),
        text,
        published or options.published,
        outlet or options.outlet,
        address,
        title,
        hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest(),
        notes,
    )


def _content(entry: Any) -> tuple[str, bool]:
    """Return the entry's markup, and whether it is the whole of it and no summary."""
    content = [str(part.get("value") or "") for part in entry.get("content") or []]
    longest = max(content, key=len, default="")
    return (longest, True) if longest.strip() else (str(entry.get("summary") or ""), False)


def _text(markup: str) -> str:
    """Return the text of a fragment of markup, its blocks apart."""
    from lxml import etree, html

    if "<" not in markup and "&" not in markup:
        return markup.strip()
    try:
        apart = _BLOCK.sub("\n\n", markup)
        tree = html.fromstring(f"<div>{apart}</div>")
        etree.strip_elements(tree, "script", "style", with_tail=False)
        text = str(tree.text_content())
    except (etree.LxmlError, ValueError):
        text = re.sub(r"<[^>]*>", " ", markup)
    return _BLANK.sub("\n\n", re.sub(r"[ \t]+", " ", text)).strip()


def _day(entry: Any) -> date | None:
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(timegm(told), UTC).date() if told else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
