"""A dispatch to try things on: its events and people are invented, and its date keeps it from passing for news."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import resources
from pathlib import Path

PUBLISHED = date(2030, 5, 17)
OUTLET = "Example Wire"


@contextmanager
def sample_file() -> Iterator[Path]:
    """Give the path of the sample dispatch for as long as it is needed."""
    with resources.as_file(resources.files(__package__) / "dispatch.txt") as path:
        yield path
