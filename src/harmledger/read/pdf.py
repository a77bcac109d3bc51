"""PDF files: the text of their pages, in reading order as the file gives it."""

from __future__ import annotations

import re

from harmledger.errors import ReportError
from harmledger.read.chrome import without_chrome
from harmledger.read.encoding import without_controls
from harmledger.read.options import LONGEST_TEXT
from harmledger.read.wrapping import unwrap

_HYPHEN = re.compile(r"[\ufffe\xad]\s*\n?")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?", re.IGNORECASE)


def pdf_text(original: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a PDF and notes; ReportError where it is locked, broken, or only pictures."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(original)
    except pypdfium2.PdfiumError as error:
        remedy = "Save a copy without its password." if "assword" in str(error) else "Download it again."
        raise ReportError(where, "is a PDF that cannot be opened.", remedy) from error
    pages: list[str] = []
    try:
        for page in document:
            pages.append(_page_text(page.get_textpage().get_text_bounded()))
            if sum(map(len, pages)) > LONGEST_TEXT:
                break
    except pypdfium2.PdfiumError as error:
        raise ReportError(where, f"breaks off on page {len(pages) + 1}.", "Download it again.") from error
    finally:
        document.close()
    text = "\n\n".join(page for page in pages if page)
    if not text.strip():
        raise ReportError(where, "is a PDF without text, most likely a scan.", "Give it to a text recogniser first.")
    return text, ()


def _page_text(raw: str) -> str:
    text = _HYPHEN.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))
    text, _ = without_controls(text)
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and (not lines[-1] or _PAGE_NUMBER.fullmatch(lines[-1].strip())):
        lines.pop()
    text, _ = unwrap(without_chrome("\n".join(lines)))
    return text.strip()
