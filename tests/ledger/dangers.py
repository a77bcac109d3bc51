"""What a ledger must outlive: a kill at any moment, writers beside each other, a bit that flips.

Children are forked, do real work on a real store, and write down in a file what was reported to them as done; they
are killed with SIGKILL while they do. What stands in the file must be in the ledger after.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from postgres_server import Server
from reports import ALL, dispatch
from sqlalchemy import insert

from harmledger.errors import LedgerError
from harmledger.ledger import Ledger, Search, copy_ledger, open_ledger
from harmledger.ledger.address import address_of
from harmledger.ledger.canonical import digest
from harmledger.ledger.chain import Draft
from harmledger.ledger.intake import Taken, row_of, take_all
from harmledger.ledger.lines import append
from harmledger.ledger.opening import copy_at
from harmledger.ledger.schema import upgrade
from harmledger.ledger.store import Store
from harmledger.ledger.tables import reports
from harmledger.model import Judgement
from harmledger.read import Original

ACTIONS = ("intake", "judgement", "rebuild", "copy", "migration")


@dataclass
class Told:
    """A file into which a child writes what was reported to it as done."""

    path: Path

    def write(self, what: str) -> None:
        """Append a line at once."""
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, (what + "\n").encode())
        os.close(handle)

    def lines(self) -> list[str]:
        """Return the whole lines."""
        return self.path.read_text().split("\n")[:-1] if self.path.exists() else []


@dataclass
class Bench:
    """Where the work is done: a folder, and a server where the ledgers are on one."""

    folder: Path
    postgres: Server | None = None

    def fresh(self, name: str) -> str:
        """Return the address of a ledger that is not there yet."""
        return self.postgres.database() if self.postgres else str(self.folder / name)


def in_child(work: Callable[[], None]) -> int:
    """Fork a child that does some work and ends; what goes wrong is written to standard error, status 1."""
    child = os.fork()
    if child:
        return child
    status = 0
    try:
        work()
    except BaseException:
        traceback.print_exc()
        status = 1
    finally:
        os._exit(status)


def killed(work: Callable[[], None], after: float) -> bool:
    """Let a child work and kill it after so many seconds; False where it was done before."""
    child = in_child(work)
    time.sleep(after)
    done, status = os.waitpid(child, os.WNOHANG)
    if done:
        assert status == 0, "the child failed by itself"
        return False
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


# What children do


def take(where: str, told: Told, first: int, count: int) -> None:
    """Take dispatches in, a few at a time."""
    with open_ledger(where, by="child") as ledger:
        for start in range(first, first + count, 5):
            batch = [dispatch(number) for number in range(start, start + 5)]
            pairs = [(report, Original(report.id, report.text.encode())) for report in batch]
            for item in take_all(ledger.store, ledger.originals, iter(pairs), "child"):
                assert isinstance(item, Taken)
                told.write(f"report {item.report.id}")


def decide(where: str, told: Told, count: int) -> None:
    """Make judgements, one after the other."""
    with open_ledger(where, by="child") as ledger:
        for number in range(count):
            made = ledger.judge(Judgement("note", "wire-000000", value=f"note {os.getpid()}.{number}", by="child"))
            told.write(f"judgement {made.value}")


def rebuild(where: str, told: Told) -> None:
    """Read, rebuild and take over, again and again."""
    with open_ledger(where, by="child") as ledger:
        while True:
            ledger.take_over(ledger.rebuild())
            told.write("rebuilt")


def copy(where: str, target: str, told: Told) -> None:
    """Copy to another place."""
    with open_ledger(where, by="child") as ledger:
        assert copy_ledger(ledger, target).whole
        told.write("copied")


def old_ledger(where: str, count: int) -> None:
    """Make a ledger as the first version of the tables had it."""
    store = Store(address_of(where))
    if store.address.folder is not None:
        store.address.folder.mkdir(parents=True, exist_ok=True)
        with store.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            connection.exec_driver_sql("BEGIN")
    upgrade(store, "0001")
    with Ledger(store, None, "old") as ledger, store.writing() as connection:
        drafts = [Draft("opened", {"ledger": "old", "format": 1}, "old")]
        data = {}
        for number in range(count):
            report = dispatch(number)
            original = report.text.encode()
            data[digest(original)] = original
            body: dict[str, object] = {
                "id": report.id, "text": report.text, "published": str(report.published), "outlet": report.outlet,
                "address": None, "title": None, "notes": [], "sha256": digest(original), "original": digest(original),
                "file": report.id,
            }  # fmt: skip
            drafts.append(Draft("report", body, "old"))
        ledger.originals.put(data)
        ledger.originals.put_with(connection, data)
        made = append(store, connection, drafts)
        connection.execute(insert(reports), [row_of(line.number, line.told) for line in made[1:]])
        ledger.originals.settle(data)
    store.close()


# What must be true after


def check(where: str, told: Told) -> None:
    """Open a ledger after a kill: it is whole, and holds what was reported as done."""
    with open_ledger(where, by="check") as ledger:
        verdict = ledger.verify()
        assert verdict.whole, [str(finding) for finding in verdict.findings[:5]]
        there = {f"report {report.id}" for report in ledger.reports()}
        there |= {f"judgement {judgement.value}" for judgement in ledger.judgements()}
        lost = [line for line in told.lines() if line.split()[0] in ("report", "judgement") and line not in there]
        assert not lost, lost[:5]


def kill_at_random(bench: Bench, kills: int, seed: int = 1) -> dict[str, int]:
    """Kill so many times, in turn in each kind of work; return how often work was under way when it was killed."""
    chance = random.Random(seed)
    where = bench.fresh("main")
    told = Told(bench.folder / "told")
    take(where, told, 0, 40)
    target, copied = bench.fresh("copy0"), 0
    hit = dict.fromkeys(ACTIONS, 0)
    for number in range(kills):
        action = ACTIONS[number % len(ACTIONS)]
        after = chance.uniform(0.0, 0.6)
        if action == "intake":
            hit[action] += killed(lambda n=number: take(where, told, 1000 + n * 500, 500), after)  # type: ignore[misc]
            check(where, told)
        elif action == "judgement":
            hit[action] += killed(lambda: decide(where, told, 10_000), after)
            check(where, told)
        elif action == "rebuild":
            hit[action] += killed(lambda: rebuild(where, told), after * 4)
            check(where, told)
        elif action == "copy":
            was_killed = killed(lambda t=target: copy(where, t, told), after * 2)  # type: ignore[misc]
            hit[action] += was_killed
            check(where, told)
            _check_copy(target)
            if not was_killed:
                copied += 1
                target = bench.fresh(f"copy{copied}")
        else:
            old = bench.fresh(f"old{number}")
            old_ledger(old, 60)
            hit[action] += killed(lambda o=old: open_ledger(o).close(), after / 4)  # type: ignore[misc]
            check(old, Told(bench.folder / "none"))
            with open_ledger(old) as ledger:
                assert len(list(ledger.reports())) == 60
    copy(where, bench.fresh("last"), told)
    return hit


def _check_copy(target: str) -> None:
    """A copy that was stopped is whole as far as it came, and can be gone on with."""
    address = address_of(target)
    if address.folder is not None and not address.file.exists():
        return
    with copy_at(target, None, "check") as ledger:
        verdict = ledger.verify()
        assert verdict.whole, [str(finding) for finding in verdict.findings[:5]]


def write_together(where: str, folder: Path, seconds: float) -> int:
    """Let two programs and a server with four threads write at once; return how many lines they made."""
    until = time.time() + seconds
    told = Told(folder / "together.told")
    with open_ledger(where, by="first") as ledger:
        ledger.add(dispatch(0))

    def program(start: int) -> None:
        number = start
        with open_ledger(where, by=f"program {start}") as ledger:
            while time.time() < until:
                told.write(f"report {ledger.add(dispatch(number)).report.id}")
                value = f"note {start}.{number}"
                ledger.judge(Judgement("note", "wire-000000", value=value, by="program"))
                told.write(f"judgement {value}")
                number += 1

    def serve() -> None:
        failed: list[BaseException] = []

        def answer(ledger: Ledger, start: int) -> None:
            number = start
            try:
                while time.time() < until:
                    ledger.search(Search("killed"))
                    told.write(f"report {ledger.add(dispatch(number)).report.id}")
                    ledger.history("wire-000000")
                    ledger.record_event("view", {"field": "names"}, by="reader", about=["wire-000000"])
                    number += 1
            except BaseException as error:
                failed.append(error)
                raise

        with open_ledger(where, by="server") as ledger:
            threads = [threading.Thread(target=answer, args=(ledger, 500_000 + 50_000 * n)) for n in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert not failed, failed[0]

    children = [in_child(lambda s=start: program(s)) for start in (100_000, 200_000)]  # type: ignore[misc]
    children.append(in_child(serve))
    ends = [os.waitpid(child, 0)[1] for child in children]
    assert ends == [0, 0, 0], "a writer failed"
    check(where, told)
    with open_ledger(where) as ledger:
        return ledger.head().number


def flip_bits(source: Path, folder: Path, flips: int, seed: int = 1) -> list[str]:
    """Flip one bit at a time, anywhere in the ledger and its originals, and return those that nothing noticed."""
    chance = random.Random(seed)
    missed = []
    for number in range(flips):
        target = folder / "flipped"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
        files = [path for path in sorted(target.rglob("*")) if path.is_file() and path.stat().st_size]
        # Every fourth time any file, else by size: small files would hardly ever be met.
        chosen = (
            chance.choice(files) if number % 4 == 0 else chance.choices(files, [f.stat().st_size for f in files])[0]
        )
        data = bytearray(chosen.read_bytes())
        place, bit = chance.randrange(len(data)), chance.randrange(8)
        data[place] ^= 1 << bit
        chosen.write_bytes(data)
        try:
            with open_ledger(target) as ledger:
                if ledger.verify().whole:
                    missed.append(f"{chosen.relative_to(target)}, byte {place}, bit {bit}")
        except LedgerError:
            pass
    return missed


def filled(source: Path) -> None:
    """Fill a ledger with something of everything."""
    with open_ledger(source, by="amal") as ledger:
        for report in (*ALL, *map(dispatch, range(10))):
            ledger.add(report)
        ledger.judge(Judgement("note", "marlow", value="seen", by="amal"))
        list(ledger.cases())
        ledger.delete(["hama"], "asked for")
        ledger.record_event("export", {"format": "hxl"}, about=["marlow"])
    # What was matched is a cache that is checked by rebuilding it; it is no part of the ledger.
    for cache in source.glob("matching.*"):
        cache.unlink()
