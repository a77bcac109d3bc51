"""Which files ``harmledger read`` was last given, so that ``harmledger explain`` can find a claim in them again.

Only names and settings are kept, in ``last-read.json`` under the home folder; never a report's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import orjson

from harmledger.errors import ReportError
from harmledger.read import FORMATS, ReadOptions

_NAME = "last-read.json"


def remember(home: Path, files: Sequence[str], options: ReadOptions) -> None:
    """Keep the names of the files; standard input cannot be read again and is not kept."""
    paths = [str(Path(file).absolute()) for file in files if file != "-"]
    kept = {
        "files": paths,
        "published": options.published.isoformat() if options.published else None,
        "outlet": options.outlet,
        "format": options.format,
        "columns": dict(options.columns),
    }
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / _NAME).write_bytes(orjson.dumps(kept, option=orjson.OPT_INDENT_2))
    except OSError:
        # A home that cannot be written takes nothing away from the reading itself.
        return


def recall(home: Path) -> tuple[list[str], ReadOptions]:
    """Return the files last read and how they were read; ReportError where there are none."""
    remedy = "Name the files: harmledger explain CLAIM FILE…"
    try:
        kept = orjson.loads((home / _NAME).read_bytes())
        published = date.fromisoformat(kept["published"]) if kept["published"] else None
        form = next((known for known in FORMATS if known == kept["format"]), None)
        options = ReadOptions(published, kept["outlet"], form, kept["columns"])
        files = [str(file) for file in kept["files"]]
    except OSError:
        raise ReportError(str(home / _NAME), "is not there: nothing was read yet.", remedy) from None
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(str(home / _NAME), f"cannot be understood ({error}).", remedy) from error
    if not files:
        raise ReportError(str(home / _NAME), "names no file: standard input was read last.", remedy)
    return files, options
