"""What is derived can be made again, to the byte; another engine's work is shown before it is taken over."""

from __future__ import annotations

from reports import ALL, ORSK, dispatch
from sqlalchemy import delete, select, update

from harmledger.ledger import Ledger, open_ledger
from harmledger.ledger.made import Reading, packed, unpacked
from harmledger.ledger.noted import put
from harmledger.ledger.tables import claims, incidents, readings


def _kept(ledger: Ledger) -> dict[object, bytes]:
    with ledger.store.reading() as connection:
        made: dict[object, bytes] = {row.number: row.made for row in connection.execute(select(readings))}
        made |= {row.id: row.record for row in connection.execute(select(incidents))}
        made |= {("row", row.id): repr(tuple(row)).encode() for row in connection.execute(select(claims))}
    return {name: bytes(value) for name, value in made.items()}


def test_the_same_ledger_and_engine_give_the_same_bytes(where: str) -> None:
    """A record that differs from one making to the next cannot be checked by anybody else."""
    with open_ledger(where) as ledger:
        for report in (*ALL, *map(dispatch, range(8))):
            ledger.add(report)
            ledger.bring_up_to_date()
        before = _kept(ledger)
        changes = ledger.rebuild()
        assert changes.same
        assert (changes.claims, changes.incidents, changes.reports) == ((), (), 11)
        head = ledger.head()
        ledger.take_over(changes)
        assert ledger.head() == head
        assert _kept(ledger) == before
        assert ledger.verify().whole


def _as_if_read_by_another(ledger: Ledger) -> None:
    """Make what is kept look as if a former engine had made it: it read one claim otherwise and missed one."""
    with ledger.store.writing() as connection:
        row = connection.execute(select(readings).order_by(readings.c.number)).first()
        assert row is not None
        reading = unpacked(row.made, Reading)
        made = packed(Reading(reading.claims[1:], reading.events))
        connection.execute(update(readings).where(readings.c.number == row.number).values(made=made))
        connection.execute(delete(claims).where(claims.c.id == reading.claims[0].id))
        put(connection, "engine", b"harmledger-en-0 of old")


def test_another_engine_shows_what_it_changes_before_it_is_taken_over(where: str) -> None:
    """After an upgrade the record must not change behind anybody's back; new reports wait."""
    with open_ledger(where, by="amal") as ledger:
        for report in ALL:
            ledger.add(report)
        ledger.bring_up_to_date()
        right = _kept(ledger)
        _as_if_read_by_another(ledger)
        before = _kept(ledger)
        ledger.add(dispatch(1))
        assert list(ledger.cases())
        assert ledger.state().waiting == 1
        assert not ledger.state().same_engine
        changes = ledger.rebuild()
        assert _kept(ledger) == before
        assert not changes.same
        assert changes.engine_before == "harmledger-en-0 of old"
        newly = [change for change in changes.claims if change.what == "newly read"]
        assert {change.report for change in newly} == {"marlow", "wire-000001"}
        ledger.take_over(changes)
        after = _kept(ledger)
        assert all(after[name] == right[name] for name in right if isinstance(name, int | tuple))
        told = list(ledger.lines(["engine"]))[-1]
        assert (told.by, told.told["before"]) == ("amal", "harmledger-en-0 of old")
        assert ledger.state().same_engine
        assert ledger.verify().whole


def test_damaged_readings_are_made_anew(where: str) -> None:
    """What is derived is no record: where it is broken it is thrown away, and verify says so before."""
    with open_ledger(where) as ledger:
        ledger.add(ORSK)
        ledger.bring_up_to_date()
        right = _kept(ledger)
        with ledger.store.writing() as connection:
            connection.execute(update(readings).values(made=b"broken"))
        assert not ledger.verify().whole
        ledger.take_over(ledger.rebuild())
        assert _kept(ledger) == right
        assert ledger.verify().whole
