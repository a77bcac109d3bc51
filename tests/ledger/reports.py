"""Invented dispatches for ledgers to hold."""

from __future__ import annotations

from datetime import date

from harmledger.model import Report

MARLOW = Report(
    "marlow",
    "Shelling killed 14 people and wounded at least 20 in Marlow on 3 May 2030, the hospital said.",
    date(2030, 5, 4),
    "Example Wire",
)
ORSK = Report(
    "orsk",
    "Three children were killed on 7 May 2030 when Russian jets bombed the village of Tell Example, "
    "rescue workers said.",
    date(2030, 5, 8),
    "Example Post",
    "https://post.example/7",
    "Three children killed",
)
ARABIC = Report("hama", "قُتِلَ 5 أشخاص في حَماة، قالت مُستشفى إدلب.", date(2030, 6, 1), "Example Arabic")
ALL = (MARLOW, ORSK, ARABIC)


def dispatch(number: int) -> Report:
    """Return one of as many different dispatches as are wanted."""
    day = date(2030, 1 + number % 12, 1 + number % 28)
    town = ("Marlow", "Orsk", "Velden", "Karsk", "Tamar")[number % 5]
    text = (
        f"Shelling killed {number % 40 + 2} people in {town} on {day:%d %B %Y}, police post {number} said. "
        f"Witnesses counted {number % 7 + 3} wounded near market {number % 97}."
    )
    return Report(f"wire-{number:06}", text, day, "Example Wire")
