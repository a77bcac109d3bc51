"""Bytes to characters: what encoding a file is in, what had to be mended, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from harmledger.errors import ReportError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of files that people hand over by mistake, and what to do about each.
_NO_TEXT = (
    (b"PK\x03\x04", "a zip archive (a Word, Excel or OpenDocument file is one)", "Save it as text, HTML or PDF."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as text, HTML or PDF."),
    (b"{\\rtf", "a rich text file", "Save it as plain text."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"\x89PNG", "a picture", "Give the text that goes with it."),
    (b"\xff\xd8\xff", "a picture", "Give the text that goes with it."),
    (b"GIF8", "a picture", "Give the text that goes with it."),
    (b"SQLite format 3", "a database", "Export its reports as JSON lines or CSV."),
)
# Control characters that have no place in prose; tab, the line ends and form feed have one.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1b\x85") + b"\x7f"
_SAMPLE = 65_536


def refuse_binary(original: bytes, where: str) -> None:
    """Raise ReportError where the bytes are no text in any encoding."""
    for magic, what, remedy in _NO_TEXT:
        if original.startswith(magic):
            raise ReportError(where, f"is {what}, not a report.", remedy)
    head = original[:_SAMPLE]
    if any(head.startswith(bom) for bom, _ in _BOMS) or _wide(head):
        return
    strange = len(head) - len(head.translate(None, _CONTROL_BYTES))
    if strange > max(8, len(head) // 20):
        raise ReportError(where, "is a binary file, not text.", "Give text, HTML, PDF, JSON lines or CSV.")


def decode(original: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the characters of a text file and notes on what was mended.

    UTF-8 is taken at its word. Anything else is a guess, so a note names it.

    >>> decode(b"caf\\xe9s in Homs, 14 killed")
    ('cafés in Homs, 14 killed', ('Read as cp1252: it is not UTF-8.',))
    """
    for bom, name in _BOMS:
        if original.startswith(bom):
            return _with_marker(original, name)
    wide = _wide(original[:_SAMPLE])
    if wide:
        return original.decode(wide, "replace"), (f"Read as {wide}: it is not UTF-8.",)
    try:
        text = original.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(original)
    return _unmangled(text)


def _with_marker(original: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    text = original.decode(name, "replace")
    notes = [] if name == "utf-8-sig" else [f"Read as {name}, as its first bytes say."]
    if "\ufffd" in text:
        notes.append(_lost(text))
    return text, tuple(notes)


def _wide(head: bytes) -> str | None:
    """Tell UTF-16 without a marker: in Latin script every second byte of it is zero."""
    if len(head) < 8:
        return None
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guessed(original: bytes) -> tuple[str, tuple[str, ...]]:
    high = sum(byte > 127 for byte in original[:_SAMPLE]) or sum(byte > 127 for byte in original)
    lenient = original.decode("utf-8", "replace")
    lost = lenient.count("\ufffd")
    # Mostly good UTF-8 with a few broken bytes: other characters above ASCII outnumber the lost ones.
    if sum(character > "\x7f" for character in lenient) - lost > lost:
        return lenient, (_lost(lenient),)
    if high <= len(original[:_SAMPLE]) // 8:
        name = "cp1252"  # Western quotation marks and accents in English text
    else:
        from charset_normalizer import from_bytes

        best = from_bytes(original[:_SAMPLE]).best()
        name = best.encoding if best else "cp1252"
    text = original.decode(name, "replace")
    notes = [f"Read as {name}: it is not UTF-8."]
    if "\ufffd" in text:
        notes.append(_lost(text))
    return text, tuple(notes)


def _lost(text: str) -> str:
    return f"Characters that could not be read stand as \ufffd: {text.count(chr(0xFFFD))}."


def _unmangled(text: str) -> tuple[str, tuple[str, ...]]:
    """Undo UTF-8 that was once read as something else ("Idlibâ€™s"), line by line where it was."""
    if text.isascii():
        return text, ()
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    lines = text.splitlines(keepends=True)
    mended = [fix_encoding(line) if not line.isascii() and is_bad(line) else line for line in lines]
    changed = sum(old != new for old, new in zip(lines, mended, strict=True))
    if not changed:
        return text, ()
    return "".join(mended), (
        f"Wrongly encoded characters were mended (lines: {changed}); offsets count the mended text.",
    )


def without_controls(text: str) -> tuple[str, tuple[str, ...]]:
    """Put a space for each control character, so that every offset stays."""
    cleaned, count = _CONTROL.subn(" ", text)
    return cleaned, (f"Control characters were read as spaces: {count}.",) if count else ()
