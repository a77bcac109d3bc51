"""The one way in which a line's body is written, so that its hash can be computed again by anybody."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from harmledger.errors import LedgerError

Body = dict[str, Any]


def canonical(value: Any) -> str:
    """Return a value as JSON with sorted keys and no spaces. It knows text, whole numbers, yes and no, lists, null.

    There are no fractions: programs write them differently, and a hash must not depend on that.

    >>> canonical({"b": 1, "a": ["é", None]})
    '{"a":["é",null],"b":1}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def encoded(text: str, where: str) -> bytes:
    """Return text as UTF-8; LedgerError where it holds half a character (a lone surrogate)."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise LedgerError(
            f"{where}: holds half a character at position {error.start} (U+{ord(text[error.start]):04X}), which no "
            "file can keep. Save it as UTF-8 and add it again."
        ) from error


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
