"""Plain text files."""

from __future__ import annotations

from harmledger.errors import ReportError
from harmledger.read.chrome import blank_chrome
from harmledger.read.encoding import decode, refuse_binary, without_controls
from harmledger.read.records import check_length
from harmledger.read.wrapping import unwrap


def text_of(original: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a plain text file and notes on what was mended.

    The text is as long as the decoded file: chrome and control characters become spaces, so the offsets of a claim
    also hold in the file, unless a note says that wrongly encoded characters were mended.
    """
    refuse_binary(original, where)
    text, notes = decode(original)
    check_length(text, where)
    text, controls = without_controls(text)
    text, chrome = blank_chrome(text)
    text, wrapped = unwrap(text)
    if not text.strip():
        raise ReportError(where, "holds no text.", "Was the whole file saved?")
    return text, (*notes, *controls, *chrome, *(("Lines broken to fit a page were joined.",) if wrapped else ()))
