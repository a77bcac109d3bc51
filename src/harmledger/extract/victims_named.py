"""Persons named as killed or injured, with age and sex where the report tells them.

A sentence that tells of harm ("was killed alongside his wife", "the names of the victims:", "the death of") makes
victims of the persons it names, less those who speak in it ("Lina said"), who only own or are related ("the home of
Marwan", "Marwan's brother"), and who stand with arrests or sources. Refuses a lone given name met for the first time.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

from harmledger.extract.lexicon import lexicon
from harmledger.extract.person_names import Person, name_end, persons, titles_before
from harmledger.extract.person_words import given_sex, nameable
from harmledger.extract.reading import Reading, Sentence, Token
from harmledger.model import Kind, Span, Victim

# Spellings of one name ("Mohammed", "Muhammad") share more than this; two names of a family share less.
_SAME_SPELLING = 0.72
_MOST_VICTIMS = 2000
_OWNS = ("'s", "’s", "family", "families", "clan")
_BEFORE_SPEECH = (",", "also", "later", "further", "has", "had", "then", ")")
_DETERMINERS = ("the", "a", "an", "his", "her", "their")
_OF_THE_DEAD = ("body", "corpse", "remains", "death", "killing", "murder", "martyrdom", "funeral")
_OPENS_LIST = ("alongside", "along", "together", "with", "including", ":", "–")
_DIES = frozenset(("died", "succumbed", "perished", "dies"))
_SOON_DIED = 6
# A list of so many persons, so many of them with ages, at most so many sentences after harm was told.
_FEWEST_LISTED = 3
_FEWEST_AGED = 2
_LIST_AFTER = 2
_FAR = 99
_OPENING = 10
_BEFORE_DYING = frozenset(("was", "were", "is", "has", "had", "been", "being", "also", "later", "himself", "herself"))
_NEAR_OPENING = 7
_ALL_OF_THEM = frozenset(("all", "namely", "they", "these", "them"))
_TAKES_OBJECT = frozenset(
    (
        "killed",
        "killing",
        "death",
        "deaths",
        "wounding",
        "injuring",
        "martyrdom",
        "victims",
        "victim",
        "murder",
        "passing",
    )
)

_HARMS = ("killed", "injured", "list", "body")
# A cue: the tokens it covers (half-open) and its use in the lexicon.
Cue = tuple[int, int, str]


@cache
def _cue_starts() -> frozenset[str]:
    return frozenset(phrase.split()[0] for entry in lexicon("victim_cues").entries for phrase in entry["words"])


def _cues(tokens: Sequence[Token], sentence: Sentence) -> list[Cue]:
    """Return (first, last, use) of each cue of a sentence."""
    words, starts = lexicon("victim_cues"), _cue_starts()
    found, place = [], sentence.first
    while place < sentence.last:
        hit = words.at(tokens, place, sentence.last) if tokens[place].norm in starts else None
        if hit is None:
            place += 1
        else:
            use = str(hit.entry["use"])
            if use == "killed_by":  # who stands before it died, who stands after it did it
                found += [(hit.first, hit.first + 1, "killed"), (hit.first + 1, hit.last, "speaker")]
            else:
                found.append((hit.first, hit.last, use))
            place = hit.last
    return found


def victims_named(reading: Reading) -> list[Victim]:
    """Return the persons that a report names as killed or injured, each once, in order of mention.

    >>> from harmledger.extract.reading import read_through
    >>> from harmledger.model import Report
    >>> text = "The victims were named as Omar Tell, 30, and his daughter Lina Tell (7)."
    >>> [(v.name, v.age, v.sex) for v in victims_named(read_through(Report("r", text)))]
    [('Omar Tell', 30, 'male'), ('Lina Tell', 7, 'female')]
    """
    tokens = reading.tokens
    known: list[Victim] = []
    index: dict[str, list[int]] = {}
    carried: Kind | None = None
    since_told = _FAR
    subject: Person | None = None
    for sentence in reading.sentences:
        cues = _cues(tokens, sentence)
        told = [use for _, _, use in cues if use in _HARMS]
        since_told = 0 if "killed" in told or "list" in told else since_told + 1
        reads = (told or carried or since_told <= _LIST_AFTER) and not _headline(tokens, sentence)
        named = persons(tokens, sentence.first, sentence.last) if reads else []
        if not told and not carried and named and _only_lists(tokens, named, cues, sentence):
            carried = "killed"
        kept = 0
        for number, person in enumerate(named):
            kind = _harm_of(tokens, person, cues, carried)
            if kind is None or _excused(tokens, person, cues, sentence):
                continue
            kept += _note(known, index, _victim(reading, person, kind))
            if number > 200 or len(known) > _MOST_VICTIMS:
                break
        if subject is not None and _pronoun_died(tokens, sentence, cues):
            kept += _note(known, index, _victim(reading, subject, "killed"))
        subject = _subject(tokens, sentence, named)
        # A list of names may run on over several lines, each a sentence of its own, with ages and no verb.
        carried = _carried(told, kept, carried, named)
    return known


def _subject(tokens: Sequence[Token], sentence: Sentence, named: Sequence[Person]) -> Person | None:
    """Return the person that a sentence opens with and tells an age of: whom "he" in the next one means."""
    found = named or persons(tokens, sentence.first, min(sentence.last, sentence.first + _OPENING))
    opens = found[0] if found else None
    if opens is None or opens.age is None or opens.last - opens.first < 2:
        return None
    return opens if titles_before(tokens, opens.first, sentence.first) - sentence.first <= 1 else None


def _pronoun_died(tokens: Sequence[Token], sentence: Sentence, cues: Sequence[Cue]) -> bool:
    """Tell whether a sentence first tells of death that "he was killed", as in "it was reported that she died"."""
    first = next((first for first, _, use in cues if use == "killed"), None)
    if first is None or not _predicate(tokens, first):
        return False
    told = [token.norm for token in tokens[max(sentence.first, first - _SOON_DIED) : first]]
    said = next((place for place, word in enumerate(told) if word in ("he", "she")), None)
    # Nobody else between: "he said that 20 people were killed" tells of others.
    return said is not None and all(word in _BEFORE_DYING or word.endswith("ly") for word in told[said + 1 :])


def _only_lists(tokens: Sequence[Token], named: Sequence[Person], cues: Sequence[Cue], sentence: Sentence) -> bool:
    """Tell whether a sentence names those whom the one before told as killed: "All three, Omar (41), Sami (30) ..."."""
    aged = sum(person.age is not None for person in named)
    if len(named) < _FEWEST_LISTED or aged < _FEWEST_AGED or named[0].age is None:
        return False
    before = tokens[sentence.first : named[0].first]
    spoken = any(use in ("speaks", "speaker", "survives") for _, _, use in cues)
    return len(before) <= _NEAR_OPENING and any(token.norm in _ALL_OF_THEM for token in before) and not spoken


def _headline(tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Tell whether a sentence is set in capitals as headlines are, so that capitals show no names."""
    words = [token for token in tokens[sentence.first : sentence.last] if token.word]
    if len(words) < 5 or tokens[sentence.last - 1].text in ".!?":
        return False
    ages = sum(token.text.isdigit() for token in tokens[sentence.first : sentence.last])
    return ages < 2 and sum(token.capital for token in words) >= 0.7 * len(words)


def _carried(told: Sequence[str], kept: int, carried: Kind | None, named: Sequence[Person]) -> Kind | None:
    if "list" in told or (told and kept >= 2):
        return "injured" if told and set(told) == {"injured"} else "killed"
    return carried if kept and any(person.age is not None for person in named) else None


def _harm_of(tokens: Sequence[Token], person: Person, cues: Sequence[Cue], carried: Kind | None) -> Kind | None:
    """Return the harm that befell the person by the cue nearest to the name, one before it preferred."""
    harms = [(first, last, use) for first, last, use in cues if use in _HARMS]
    if not harms:
        return carried if person.age is not None else None
    kinds = {use for _, _, use in harms}
    if "injured" not in kinds:
        return "killed"
    if kinds == {"injured"}:
        return "injured"
    before = [cue for cue in harms if cue[1] <= person.first]
    after = [cue for cue in harms if cue[0] >= person.last]
    if after and _predicate(tokens, after[0][0]) and not (before and _lists(tokens, before[-1], person)):
        late = [cue for cue in after if cue[0] - after[0][0] <= _SOON_DIED and tokens[cue[0]].norm in _DIES]
        chosen = late[0] if late else after[0]  # "was badly wounded and died in hospital"
    else:
        chosen = before[-1] if before else (after or harms)[0]
    return "injured" if chosen[2] == "injured" else "killed"


def _predicate(tokens: Sequence[Token], cue: int) -> bool:
    """Tell whether a word of harm is a passive ("was also killed") or a verb of dying: its victim stands before it."""
    if tokens[cue].norm in _DIES:
        return True
    window = [token.norm for token in tokens[max(0, cue - 4) : cue]]
    return any(word in ("was", "were", "been", "is", "are", "being") for word in window)


def _lists(tokens: Sequence[Token], cue: Cue, person: Person) -> bool:
    """Tell whether the name stands in a list that the cue before it opened ("killed alongside his wife")."""
    between = [token.norm for token in tokens[cue[1] : person.first]]
    return bool(between) and between[0] in ("alongside", "along", "together", "with", "including", "were", "was", ":")


def _excused(tokens: Sequence[Token], person: Person, cues: Sequence[Cue], sentence: Sentence) -> bool:
    """Tell whether the sentence names the person as speaker, owner, relative or suspect, or names a lone given name."""
    after = tokens[person.end].norm if person.end < sentence.last else "."
    if after in _OWNS or tokens[person.last - 1].norm.endswith(("'s", "’s")):
        owned = tokens[person.end + (after in ("'s", "’s"))].norm if person.end + 1 < sentence.last else "."
        return owned not in _OF_THE_DEAD
    opens = titles_before(tokens, person.first, sentence.first)
    if opens > sentence.first and tokens[opens - 1].norm in _DETERMINERS:
        opens -= 1  # "the sister of the journalist Omar Tell"
    if any(opens <= last <= person.first and use == "holder" for _, last, use in cues):
        return True
    if _speaks(tokens, person, cues, sentence):
        return True
    if person.last - person.first == 1 and not person.marked:
        return not given_sex(tokens[person.first].norm) or person.first == sentence.first
    return not (person.marked or _tied(tokens, person, cues, sentence))


def _speaks(tokens: Sequence[Token], person: Person, cues: Sequence[Cue], sentence: Sentence) -> bool:
    end = person.end
    while end < sentence.last and end - person.end < 3 and tokens[end].norm in _BEFORE_SPEECH:
        end += 1
    if person.age is None and any(first == end and use == "speaks" for first, _, use in cues):
        return True
    if (
        person.age is None and tokens[person.end].norm == "and"
    ):  # "relatives Omar Tell and Sami Tell put the toll at 22"
        beside = name_end(tokens, person.end + 1, sentence.last)
        if beside > person.end + 1 and any(first == beside and use == "speaks" for first, _, use in cues):
            return True
    return any(
        use == "speaker" and 0 <= person.first - last <= 4 and _plain_between(tokens, last, person.first)
        for _, last, use in cues
    )


def _plain_between(tokens: Sequence[Token], first: int, last: int) -> bool:
    return not any(tokens[place].norm in (",", ";", ".", "killed") for place in range(first, last))


def _tied(tokens: Sequence[Token], person: Person, cues: Sequence[Cue], sentence: Sentence) -> bool:
    """Tell whether a name without age or kinship hangs on a word of harm: its subject, its object or in its list."""
    for first, last, use in cues:
        if use == "list" and last <= person.first:
            return True
        if use == "body" and last <= person.first and all(_in_list(token) for token in tokens[last : person.first]):
            return True
        if use not in ("killed", "injured"):
            continue
        spoken = any(u == "speaks" and person.last <= f < first for f, _, u in cues)
        if person.last <= first <= person.last + 14 and _predicate(tokens, first) and not spoken:
            return True
        opens = last < sentence.last and tokens[last].norm in _OPENS_LIST
        if last <= person.first <= last + 6 and tokens[first].norm in _TAKES_OBJECT:
            return opens or not _predicate(tokens, first)
        if opens and last <= person.first:
            return True
    return False


def _in_list(token: Token) -> bool:
    return nameable(token) or token.text.isdigit() or token.norm in (",", "and", "(", ")", "the", "his", "her")


def _victim(reading: Reading, person: Person, kind: Kind) -> Victim:
    span = Span(reading.tokens[person.first].start, reading.tokens[person.last - 1].end)
    return Victim(reading.report, span, span.of(reading.text), kind, person.age, person.sex, person.grown)


def _key(name: str) -> str:
    """Return the consonants of a first name, so that spellings of one name meet."""
    first = name.lower().replace("-", "").split()[0]
    bare = "".join(letter for letter in first if letter not in "aeiouyh'’`")
    return bare[:1] + bare[1:].replace(bare[:1] * 2, bare[:1]) if bare else first


def _same(one: Victim, other: Victim) -> bool:
    """Tell whether two mentions name one person: first names and ages alike, the shorter name in the longer."""
    if one.age is not None and other.age is not None and abs(one.age - other.age) > 1:
        return False
    shorter, longer = sorted((one.name.lower().split(), other.name.lower().split()), key=len)
    if SequenceMatcher(None, shorter[0], longer[0]).ratio() < _SAME_SPELLING:
        return False
    rest = longer[1:]
    return all(
        any(SequenceMatcher(None, word, known).ratio() >= _SAME_SPELLING for known in rest) for word in shorter[1:]
    )


def _note(known: list[Victim], index: dict[str, list[int]], victim: Victim) -> int:
    """Add a victim, or fold a second mention into the first; return how many were added."""
    places = index.setdefault(_key(victim.name), [])
    for place in places[:50]:
        earlier = known[place]
        if _same(earlier, victim):
            known[place] = Victim(
                earlier.report,
                earlier.span,
                max(earlier.name, victim.name, key=len),
                "killed" if "killed" in (earlier.kind, victim.kind) else earlier.kind,
                earlier.age if earlier.age is not None else victim.age,
                earlier.sex or victim.sex,
                earlier.grown if earlier.grown is not None else victim.grown,
            )
            return 0
    places.append(len(known))
    known.append(victim)
    return 1
