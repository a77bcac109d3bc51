"""How the harm was done: the sure word first, the open word by who did it, nothing where nothing is told."""

from __future__ import annotations

import pytest

from harmledger.counts import Count
from harmledger.extract.draft import Draft
from harmledger.extract.means import main_means, means_of
from harmledger.extract.reading import read_through
from harmledger.model import Report, Scope


def means(text: str, count: str, scope: Scope = "incident") -> str | None:
    """Return the means told of the deaths that ``count`` counts in a text."""
    read = read_through(Report("r", text))
    first = next(i for i, token in enumerate(read.tokens) if token.text == count)
    figure = int(count.replace(",", ""))
    return means_of(read, [Draft(first, first + 1, "killed", Count(figure), scope=scope)])[0].value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("An airstrike killed 9 people.", "airstrike"),
        ("Helicopters dropped barrel bombs on the mill, killing 9 people.", "airstrike"),
        ("Mortar shells killed 9 people.", "shelling"),
        ("A car bomb killed 9 people.", "explosive"),
        ("A suicide bombing killed 9 people.", "explosive"),
        ("A landmine killed 9 people.", "explosive"),
        ("Gunmen shot dead 9 people.", "shooting"),
        ("Snipers killed 9 people.", "shooting"),
        ("A gas attack with sarin killed 9 people.", "chemical"),
        ("Shells filled with chlorine killed 9 people.", "chemical"),  # gas, though in shells
        ("Jihadists beheaded 9 men.", "execution"),
        ("Fierce clashes between the army and rebels killed 9 fighters.", "clashes"),
        ("Shelling and air strikes killed 9 people.", "multiple"),
        # an open word is read by who did it
        ("An Israeli strike killed 9 people in Rafah.", "airstrike"),
        ("Israeli bombing killed 9 people in Rafah.", "airstrike"),
        ("A bombing killed 9 people in a Baghdad market.", "explosive"),
        ("US-led coalition raids killed 9 civilians near Raqqa.", "airstrike"),
        # must not
        ("The army killed 9 terrorists in Homs.", None),
        ("The mayor said 9 people had died.", None),
    ],
)
def test_the_means_of_the_sentence(text: str, told: str | None) -> None:
    """One sentence, one danger."""
    assert means(text, "9") == told


def test_the_event_of_the_passage_gives_the_means() -> None:
    """A sentence that tells no means takes them from the attack that it goes on about."""
    assert means("Warplanes bombed a market in Rafah. Medics said 9 people died in the attack.", "9") == "airstrike"


def test_two_attacks_of_one_report_are_kept_apart() -> None:
    """Each count takes the means of its own sentence."""
    text = "An air strike killed 9 people in Aleppo. A roadside bomb killed 12 people in Homs."
    assert (means(text, "9"), means(text, "12")) == ("airstrike", "explosive")


def test_a_war_s_toll_has_no_means() -> None:
    """The strike of today is not how the whole war killed."""
    text = "An air strike hit Idlib. More than 300,000 people have been killed since the war began in 2011."
    assert means(text, "300,000", "cumulative") is None


def test_the_main_means_of_a_report() -> None:
    """What a report tells most of; an open word counts where the party blamed has jets."""
    assert main_means(read_through(Report("r", "Shells fell on Homs. Mortar fire went on."))) == "shelling"
    assert main_means(read_through(Report("r", "An Israeli strike hit a car in Gaza."))) == "airstrike"
    assert main_means(read_through(Report("r", "The weather was fine."))) is None
