"""Who was harmed, and which count is a part of which: one row, one danger. Read by the rules engine."""

from __future__ import annotations

import pytest

from harmledger.extract.counting import count_harm
from harmledger.extract.draft import Draft
from harmledger.extract.engine import extract_claims
from harmledger.extract.quantities import Quantity
from harmledger.extract.reading import Reading, read_through
from harmledger.extract.victims import group_of, parents_of
from harmledger.model import Report


def counted(text: str) -> tuple[Reading, list[Draft], list[Quantity]]:
    """Return a text read through, with its counts of harm, each with its group."""
    reading = read_through(Report("r", text))
    found = count_harm(reading, "rules")
    for each in found:
        each.draft.group = group_of(reading, each.draft, each.quantity).value
    return reading, [each.draft for each in found], [each.quantity for each in found]


GROUPS = [
    ("Gunmen killed 14 people.", "people"),
    ("Gunmen killed two boys.", "children"),
    ("Gunmen killed two schoolchildren.", "children"),
    ("Gunmen killed three women.", "women"),
    ("Gunmen killed three men.", "men"),
    ("Gunmen killed nine women and children.", "women_and_children"),
    ("Gunmen killed a 16-year-old.", "children"),  # an age under 18
    ("Gunmen killed a 17-year-old shepherd.", "children"),  # whatever the noun
    ("Gunmen killed an 18-year-old shepherd.", "people"),  # of age
    ("Gunmen killed a four-month-old baby.", "children"),
    ("Gunmen killed two female nurses.", "women"),
    ("Gunmen killed his wife and two sons.", "children"),
    ("Gunmen killed a 34-year-old son of the mayor.", "men"),  # a grown son
    ("Gunmen killed 14 soldiers.", "people"),  # a trade tells no sex
    ("Gunmen killed two widows.", "women"),
    ("Shells destroyed two girls' schools.", "things"),  # not girls
    ("Shells destroyed three houses.", "things"),
    ("Six of the dead were children.", "children"),  # said after the count
    ("Six of them children, were killed.", "children"),  # said at once
    ("Gunmen killed six of them, all women.", "women"),
    ("Gunmen killed two sons, Ravo (25) and Anel (21).", "men"),  # grown: both ages are told
    ("Gunmen killed two sons, Ravo (25) and Anel (11).", "children"),  # one is a child
    ("Gunmen killed two sons, Ravo (25) and his wife (21).", "children"),  # the wife's age is not a son's
    ("Gunmen killed two daughters, Nila (30 years old) and Iva (25 years old).", "women"),
]


def test_a_part_of_a_count_of_children_is_children() -> None:
    """Those "of whom" nothing more is told are what their whole is; a whole of people tells nothing."""
    claims = extract_claims(Report("r", "Raiders abducted 263 girls, of whom 41 were killed."), "rules")
    assert [claim.group for claim in claims if claim.parent] in ([], ["children"])
    claims = extract_claims(Report("r", "Shelling killed 20 girls, four of them in their beds."), "rules")
    assert [claim.group for claim in claims] == ["children", "children"]


@pytest.mark.parametrize(("text", "wanted"), GROUPS)
def test_the_group_is_that_of_the_noun_or_the_age(text: str, wanted: str) -> None:
    """The noun counted tells age and sex; an age under 18 outranks it."""
    _, drafts, _ = counted(text)
    assert [draft.group for draft in drafts] == [wanted]


PARTS: list[tuple[str, list[int | None]]] = [
    ("Shelling killed 14 people, including two children.", [None, 0]),
    ("Shelling killed 14 people including two children and three women.", [None, 0, 0]),  # both of the one whole
    ("Shelling killed 14 people, five of them women.", [None, 0]),
    ("Shelling killed 14 people, most of them women.", [None, 0]),
    ("Shelling killed 14 people, among them a midwife.", [None, 0]),
    ("Shelling killed six members of the Vell family, four children and two women.", [None, 0, 0]),
    ("Shelling killed 14 people. Six of the dead were children.", [None, 0]),
    ("Shelling killed 14 people. Among the dead were three nurses.", [None, 0]),
]
NO_PARTS: list[tuple[str, list[int | None]]] = [
    ("Shelling killed 14 people and two children.", [None, None]),  # "and" adds
    ("Shelling killed 14 people and injured two children.", [None, None]),  # another kind
    ("Shelling killed 14 people. A mine killed two children.", [None, None]),  # another event
    ("Shelling killed two people, including 14 children.", [None, None]),  # no part is larger than its whole
    ("Two children were killed. Shelling killed 14 people.", [None, None]),
    ("Shelling killed 14 people, injuring two children.", [None, None]),
    ("Four children and two women were killed.", [None, None]),
    ("Shelling killed 14 people in Arlen, while two children died in Boran.", [None, None]),
]


@pytest.mark.parametrize(("text", "wanted"), PARTS + NO_PARTS)
def test_a_part_has_its_whole_only_where_the_words_say_so(text: str, wanted: list[int | None]) -> None:
    """ "Including", "of them" and "among the dead" make a part; "and", another kind and another event make none."""
    assert [parent.value for parent in parents_of(*counted(text))] == wanted
