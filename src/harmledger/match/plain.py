"""Plain data as JSON bytes, and back, whatever a report holds."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import orjson


def dumped(value: Any) -> bytes:
    """Return plain data as JSON; the slower way round where a text holds half a character or a number is huge."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, default=_plain).encode("ascii")


def loaded(data: bytes) -> Any:
    """Return plain data from JSON."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return json.loads(data)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no plain data.")
