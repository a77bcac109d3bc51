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
from harmledger.extract.person_names import Person, given_sex, persons
from harmledger.extract.reading import Reading, Sentence, Token
from harmledger.model import Kind, Span, Victim

# Spellings of one name ("Mohammed", "Muhammad") share more than this; two names of a family share less.
_SAME_SPELLING = 0.72
_MOST_VICTIMS = 2000
_OWNS = ("'s", "’s", "family", "families", "clan")
_BEFORE_SPEECH = (",", "also", "later", "further", "has", "had", "then", ")")
_OPENS_LIST = ("alongside", "along", "together", "with", "including", ":", "–")
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
            found.append((hit.first, hit.last, str(hit.entry["use"])))
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
    for sentence in reading.sentences:
        cues = _cues(tokens, sentence)
        told = [use for _, _, use in cues if use in ("killed", "injured", "list")]
        reads = (told or carried) and not _headline(tokens, sentence)
        named = persons(tokens, sentence.first, sentence.last) if reads else []
        kept = 0
        for number, person in enumerate(named):
            kind = _harm_of(tokens, person, cues, carried)
            if kind is None or _excused(tokens, person, cues, sentence):
                continue
            kept += _note(known, index, _victim(reading, person, kind))
            if number > 200 or len(known) > _MOST_VICTIMS:
                break
        # A list of names may run on over several lines, each a sentence of its own, with ages and no verb.
        carried = _carried(told, kept, carried, named)
    return known


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
    harms = [(first, last, use) for first, last, use in cues if use in ("killed", "injured", "list")]
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
        chosen = after[0]
    else:
        chosen = before[-1] if before else (after or harms)[0]
    return "injured" if chosen[2] == "injured" else "killed"


def _predicate(tokens: Sequence[Token], cue: int) -> bool:
    """Tell whether a word of harm is a passive ("was also killed") or a verb of dying: its victim stands before it."""
    if tokens[cue].norm in ("died", "succumbed", "perished", "dies"):
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
        return True
    if any(last == person.first and use == "holder" for _, last, use in cues):
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
