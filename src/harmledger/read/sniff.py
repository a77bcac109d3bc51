"""Which format a file is in, from its name and, where that does not tell, its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath

from harmledger.read.options import Format

_ENDINGS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".warc": "warc",
}
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype html|html|head|body|article)\b", re.I | re.S
)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<[?!][^>]{0,500}>\s*){0,5}<(?:rss|feed|rdf:RDF)\b", re.I | re.S)
_OBJECT = re.compile(rb"""\s*\{\s*"[^"]{1,60}"\s*:""")
_LIST = re.compile(rb"\s*\[\s*\{")


def by_name(name: str) -> Format | None:
    """Return the format that a file's ending tells, or None.

    >>> by_name("Monday.HTM"), by_name("notes")
    ('html', None)
    """
    if name.lower().endswith(".warc.gz"):
        return "warc"
    return _ENDINGS.get(PurePath(name).suffix.lower())


def by_bytes(original: bytes) -> Format:
    """Return the format that the first bytes tell; plain text where nothing else is plain to see."""
    head = original[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"WARC/"):
        return "warc"
    if _FEED.match(head):
        return "feed"
    if _MARKUP.match(head):
        return "html"
    if _LIST.match(head):
        return "json"
    if _OBJECT.match(head):
        return "jsonl" if b"\n" not in head.strip() or re.search(rb"\}\s*\n", head) else "json"
    return "text"
