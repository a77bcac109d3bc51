"""Keeping the shelf up to date beside the pages: one thread works, a page waits a moment and shows what is there."""

from __future__ import annotations

import sys
import traceback
from threading import Condition, Thread

from harmledger.desk.shelf import Shelf
from harmledger.desk.shelving import refresh
from harmledger.errors import HarmledgerError
from harmledger.ledger import Ledger

# A page waits so long for the newest; past that it shows what there is and says that more is coming.
PATIENCE_S = 2.0
_LOOK_EVERY_S = 5.0


class Fresh:
    """Brings the shelf up to date whenever asked, and every few seconds for what other programs write."""

    def __init__(self, ledger: Ledger, shelf: Shelf) -> None:
        self._ledger, self._shelf = ledger, shelf
        self._turn = Condition()
        self._asked = self._done = 0
        self._stopped = False
        self.trouble = ""
        # How many reports were read of how many, while some are being read.
        self.read, self.to_read = 0, 0
        self.paused = self._resumed = False
        self._first = True
        self._thread = Thread(target=self._work, name="desk-shelf", daemon=True)
        self._thread.start()

    def wait(self, patience: float = PATIENCE_S) -> bool:
        """Ask for the newest and wait a moment; tell whether it is there."""
        with self._turn:
            self._asked += 1
            mine = self._asked
            self._turn.notify_all()
            return self._turn.wait_for(lambda: self._done >= mine or self._stopped, patience)

    def pause(self) -> None:
        """Read no further report, from the next hundred on, until ``resume``; what was read stays."""
        self.paused = True

    def resume(self) -> None:
        """Read on."""
        with self._turn:
            self.paused, self._resumed = False, True
            self._asked += 1
            self._turn.notify_all()

    def stop(self) -> None:
        """Let the thread end, after what it is doing."""
        with self._turn:
            self._stopped = True
            self._turn.notify_all()
        self._thread.join(30)

    def _work(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._asked > self._done or self._stopped, _LOOK_EVERY_S)
                if self._stopped:
                    return
                asked = self._asked
                anew, self._resumed = self._resumed, False
            try:
                self._refresh(anew)
                self.trouble = ""
            except HarmledgerError as error:
                self.trouble = str(error)
                print(f"harmledger desk: {error}", file=sys.stderr)
            except Exception:
                # Whatever breaks here, the pages go on with what is on the shelf, and the next turn tries again.
                self.trouble = traceback.format_exc()
                print(self.trouble, file=sys.stderr)
            with self._turn:
                self._done = max(self._done, asked)
                self._turn.notify_all()

    def _refresh(self, anew: bool) -> None:
        def told(done: int, number: int) -> None:
            self.read, self.to_read = done, number
            if self.paused or self._stopped:
                raise _Paused

        try:
            if self._first:
                # What was stopped in an earlier run is read on: no line of the ledger tells of it.
                anew, self._first = anew or self._ledger.state().waiting > 0, False
            if not self.paused:
                refresh(self._ledger, self._shelf, told, anew=anew)
                return
        except _Paused:
            pass
        finally:
            self.read = self.to_read = 0
        refresh(self._ledger, self._shelf, read=False)


class _Paused(Exception):
    """Somebody stopped the reading."""
