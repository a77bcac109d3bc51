"""Reports that come in at the desk: a text that was pasted, or files; read beside the pages, with progress."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from secrets import token_hex
from threading import Lock, Thread

from harmledger.desk.fresh import Fresh
from harmledger.errors import HarmledgerError, ReportError
from harmledger.ledger import Ledger
from harmledger.ledger.intake import Taken
from harmledger.model import Report
from harmledger.read import Original, ReadOptions

MOST_BYTES = 50_000_000
Taking = Callable[[], Iterable[Taken | ReportError]]
_SAFE = re.compile(r"[^\w.\- ]+")


@dataclass(slots=True)
class Batch:
    """Reports on their way in. ``state`` is taking, reading, done or stopped.

    ``total`` is how many there are, 0 where nobody knows; of an import, ``line`` is the number of its line.
    """

    id: str
    by: str
    state: str = "taking"
    taken: list[tuple[int, str]] = field(default_factory=list)
    known: int = 0
    errors: list[str] = field(default_factory=list)
    stop: bool = False
    total: int = 0
    line: int = 0
    come: int = 0
    paused: bool = False

    @property
    def running(self) -> bool:
        """Tell whether it goes on."""
        return self.state in ("taking", "reading")


class Adding:
    """What is on its way in; one batch after the other, the latest twenty are remembered."""

    def __init__(self, ledger: Ledger, fresh: Fresh) -> None:
        self._ledger, self._fresh = ledger, fresh
        self._lock = Lock()
        self.batches: dict[str, Batch] = {}

    def paste(self, text: str, title: str, published: date | None, outlet: str, by: str) -> Batch:
        """Take in a text that a person pasted."""
        # Without a first line of its own, a text that begins like JSON or HTML would be read as that.
        name = safe_name(title) or "pasted"
        folder = Path(tempfile.mkdtemp(prefix="harmledger-desk-"))
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", errors="replace", newline="")
        return self._start(folder, ReadOptions(published, outlet or None), by)

    def files(self, held: Sequence[tuple[str, bytes]], published: date | None, outlet: str, by: str) -> Batch:
        """Take in files, by the names they came with."""
        folder = Path(tempfile.mkdtemp(prefix="harmledger-desk-"))
        for number, (name, data) in enumerate(held):
            wanted = folder / (safe_name(name) or f"file-{number}")
            if wanted.exists():
                wanted = folder / f"{number}-{wanted.name}"
            wanted.write_bytes(data)
        return self._start(folder, ReadOptions(published, outlet or None), by)

    def stop(self, batch: Batch) -> None:
        """Stop a batch, and the reading of what it took in; what was taken in stays."""
        batch.stop = True
        if batch.state == "reading":
            self._fresh.pause()

    def go_on(self, batch: Batch) -> None:
        """Read on what was stopped."""
        batch.stop = batch.paused = False
        self._fresh.resume()

    def take_in(self, found: Iterable[tuple[Report, Original]], by: str, total: int, line: int) -> Batch:
        """Take in the reports of an import, which the line of that number tells of."""
        return self._begin(Batch(token_hex(8), by, total=total, line=line), lambda: self._ledger.take_in(found, by))

    def _start(self, folder: Path, options: ReadOptions, by: str) -> Batch:
        batch = Batch(token_hex(8), by)
        return self._begin(batch, lambda: self._ledger.add_files([folder], options, by), folder)

    def _begin(self, batch: Batch, taking: Taking, folder: Path | None = None) -> Batch:
        self._fresh.resume()
        with self._lock:
            self.batches[batch.id] = batch
            for old in [each.id for each in self.batches.values() if not each.running][:-20]:
                del self.batches[old]
        Thread(target=self._work, args=(batch, taking, folder), name="desk-adding", daemon=True).start()
        return batch

    def _work(self, batch: Batch, taking: Taking, folder: Path | None) -> None:
        try:
            for item in taking():
                batch.come += 1
                if isinstance(item, ReportError):
                    batch.errors.append(str(item).replace(str(folder), "").lstrip("/: "))
                elif item.new:
                    batch.taken.append((item.number, item.report.title or item.report.id))
                else:
                    batch.known += 1
                if batch.stop:
                    break
            batch.state = "reading"
            if batch.stop:
                self._fresh.pause()
            self._fresh.wait(24 * 3600)
            batch.paused = self._fresh.paused
            batch.state = "stopped" if batch.stop else "done"
        except HarmledgerError as error:
            batch.errors.append(str(error))
            batch.state = "done"
        finally:
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)


def safe_name(name: str) -> str:
    """Return a file's name that leads nowhere but into its own folder.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\\\x\\\\situation report.pdf")
    ('passwd', 'situation report.pdf')
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    return _SAFE.sub("_", last).strip(". ")[:120]
