"""Web archives (WARC): a report for each page that was fetched, with its own bytes as its original."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, Any

from harmledger.errors import ReportError
from harmledger.model import Report
from harmledger.read.html import page_of
from harmledger.read.options import LONGEST_TEXT, Read, ReadOptions
from harmledger.read.pdf import pdf_text
from harmledger.read.records import check_length
from harmledger.read.text import text_of

_PAGES = ("text/html", "application/xhtml+xml")
# As for a page in a file of its own.
# What ends every record.
_END, _CHUNK = b"\r\n\r\n", 1 << 20
_MOST = 16 * LONGEST_TEXT


def warc_pages(
    stream: IO[bytes], where: str, options: ReadOptions, keep: Callable[[bytes], object] = len
) -> Iterator[Read]:
    """Yield the report of each page, PDF or plain text that an archive holds; images and the like are passed by.

    ``keep`` is handed the bytes that the next report is read from. A page that was fetched twice is one report where
    it stayed the same, and two where it changed.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    seen: dict[str, set[str]] = {}
    number = 0
    try:
        for record in ArchiveIterator(stream):
            found = _fetched(record)
            if found is None:
                continue
            number += 1
            here = f"{where}[{number}]"
            address, kind = found
            original = record.content_stream().read(_MOST + 1)
            if len(original) <= _MOST and _left(record):
                raise EOFError("in the midst of a page")
            digest = hashlib.sha256(original).hexdigest()
            if digest in seen.get(address, ()):
                continue
            again = address in seen
            seen.setdefault(address, set()).add(digest)
            keep(original)
            try:
                report = _report(original, kind, here, options)
            except ReportError as error:
                yield here, error
                continue
            at = record.rec_headers.get_header("WARC-Date") or "a time not told"
            name = f"{address} {at}" if again else address
            note = f"From a web archive: fetched {at}, record {record.rec_headers.get_header('WARC-Record-ID')}."
            yield here, replace(report, id=name, address=address, sha256=digest, notes=(*report.notes, note))
    except (ArchiveLoadFailed, EOFError, zlib.error, OSError, ValueError) as error:
        yield where, ReportError(where, f"breaks off after {number} pages ({error}).", "Was the whole archive saved?")
        return
    if not _ends_whole(stream):
        yield where, ReportError(where, f"breaks off after {number} pages.", "Was the whole archive saved?")
    elif not number:
        yield where, ReportError(where, "is a web archive without pages.")


def _ends_whole(stream: IO[bytes]) -> bool:
    """Whether an archive ends where a record does; warcio passes by a record whose head is cut."""
    stream.seek(0)
    if stream.read(2) != b"\x1f\x8b":
        stream.seek(-min(4, stream.seek(0, os.SEEK_END)), os.SEEK_END)
        return stream.read() == _END
    stream.seek(0)
    packed, tail = zlib.decompressobj(31), b""
    while data := stream.read(_CHUNK):
        while data:
            tail = (tail + packed.decompress(data))[-len(_END) :]
            data = packed.unused_data
            if packed.eof and data:
                packed = zlib.decompressobj(31)
    return packed.eof and tail == _END


def _left(record: Any) -> int:
    """Return how many of a record's bytes are missing after it was read."""
    return int(getattr(record.raw_stream, "limit", 0) or 0)


def _fetched(record: Any) -> tuple[str, str] | None:
    """Return the address and kind of a record that holds a page or a text; None for others."""
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    if headers is None or (record.rec_type == "response" and headers.get_statuscode() != "200"):
        return None
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if not address or kind not in (*_PAGES, "text/plain", "application/pdf"):
        return None
    return address.strip("<>"), kind


def _report(original: bytes, kind: str, where: str, options: ReadOptions) -> Report:
    if len(original) > _MOST:
        raise ReportError(where, "is longer than any report.", "Save what is wanted of it by itself.")
    report = Report("", "", options.published, options.outlet)
    if kind in _PAGES:
        page = page_of(original, where)
        report = replace(
            report,
            text=page.text,
            published=options.published or page.published,
            outlet=options.outlet or page.outlet,
            title=page.title,
            notes=page.notes,
        )
    else:
        text, notes = (pdf_text if kind == "application/pdf" else text_of)(original, where)
        report = replace(report, text=text, notes=notes)
    check_length(report.text, where)
    return report
