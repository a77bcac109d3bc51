"""Words of speech and what they credit to whom: "police said", "according to the coroner", "Reuters quoted a guard"."""

from __future__ import annotations

from harmledger.extract.headline_speakers import labels, lists, may_have_label
from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Reading, Sentence
from harmledger.extract.speaker_phrases import words_of
from harmledger.extract.speakers import Mention, mentions
from harmledger.extract.speech import Saying, Table, cues_of, grammar
from harmledger.extract.subjects import (
    appositive,
    behind,
    described,
    earlier,
    joined,
    opening,
    opens_clause,
    over_a_clause,
    plainly,
    somebody,
    stands_free,
    subject_of,
    turned_speaker,
    whole,
)

_ENDS = frozenset(("", ".", "!", "?", '"', "”"))
_FIGHTERS = frozenset({"armed_group", "military", "carrier"})  # "was reported killed by the army" tells the doer


def sayings(reading: Reading, sentence: Sentence) -> list[Saying]:
    """Return the words of speech of a sentence that have a speaker, in order."""
    tokens = reading.tokens
    cues = list(cues_of(tokens, sentence))
    label = may_have_label(tokens, sentence)
    if (
        not cues
        and not label
        and not any(tokens[i].norm in grammar("list") for i in range(sentence.first, sentence.last))
    ):
        return []
    found = mentions(reading, sentence)
    table = Table(tokens, sentence, found, cues)
    spoken: list[Saying] = []
    for cue in cues:
        saying = _read(table, cue, spoken)
        if saying is not None:
            spoken.append(saying)
    if label:
        spoken.extend(labels(table, spoken))
    spoken.extend(lists(table, spoken))
    spoken.sort(key=lambda saying: saying.first)
    return spoken


def _read(table: Table, cue: Hit, before: list[Saying]) -> Saying | None:
    role = cue.entry["role"]
    if role in ("after", "by"):
        return _speaker_follows(table, cue, before, role)
    if role == "tie":
        return _tied(table, cue, before)
    if role == "count":
        return _counter(table, cue)
    if cue.entry.get("passive"):
        return _was_quoted(table, cue)
    if _silent(table, cue):
        return _passive(table, cue)
    subject = subject_of(table, cue)
    if role == "pass":
        return _handed_on(table, cue, subject, before)
    if cue.entry.get("only") and (subject is None or not _does_tell(subject, cue, opens_clause(table, subject))):
        return None
    turned = turned_speaker(table, cue)
    if turned is not None and not _holds_its_place(table, subject, turned):
        table.verbs.add(cue.first)
        return Saying(
            cue.first,
            turned.last,
            cue.first,
            joined(table, turned, forward=True),
            cue.first == table.sentence.first,
            tone=cue.entry.get("tone", ""),
        )
    if subject is None:
        subject = somebody(table, cue)
    if subject is None:
        return None
    if subject.takes_up == "any":
        subject = earlier(table, subject)
    if before and before[-1].relays and subject in before[-1].speakers and before[-1].last >= subject.last:
        return Saying(before[-1].first, cue.last, cue.first, before[-1].speakers, True, before[-1].relays)
    subject = whole(table, behind(table, subject))
    last, relays = _hearers(table, cue.last)
    speakers = joined(table, subject, forward=False)
    ahead = _goes_on(table, speakers[0].first, last)
    said = Saying(speakers[0].first, last, cue.first, speakers, ahead, relays, cue.entry.get("tone", ""))
    said.opening = opening(table, subject.first) if subject.takes_up == "body" else None
    return said


def _holds_its_place(table: Table, subject: Mention | None, turned: Mention) -> bool:
    """Tell whether who stands before the verb is its subject, though a speaker follows too."""
    if subject is None:
        return False
    if turned.known:
        return subject.known or opens_clause(table, subject)
    return subject.known or stands_free(table, subject)


def _does_tell(subject: Mention, cue: Hit, opens: bool) -> bool:
    """Tell whether a deed is told of by its doer; of a thing that carries words, "released" is what was done to it."""
    if subject.carrier:
        return cue.phrase not in grammar("done_to")
    return (plainly(subject) or opens) if cue.entry["only"] == "named" else subject.known


def _silent(table: Table, cue: Hit) -> bool:
    """Tell whether a cue is no word of speech here: "were reported killed", "claimed the lives of"."""
    before = table.norm(cue.first - 1)
    if before in grammar("be"):
        return True
    if any(mention.first < cue.first < mention.last for mention in table.found):
        return True  # a noun within a speaker's phrase: "court documents"
    head = table.by_start.get(cue.first)
    if cue.entry.get("tone") and table.norm(cue.last) == "by":
        return True
    if cue.last in table.cue_at and head is not None and head.last == cue.last:
        return True  # a noun that speaks: "records show"
    noun = before in grammar("noun_before") or (before == "'s" and cue.phrase in ("report", "claim"))
    if noun and cue.last - cue.first == 1:
        return True  # a noun: "the reports", "a claim", "the clinic's report"
    if cue.phrase.startswith("claim"):
        near = [table.norm(index) for index in range(cue.last, cue.last + 4)]
        if grammar("no_speech").intersection(near):
            return True
        subject = table.by_end.get(cue.first)
        return near[0][:1].isdigit() and (subject is None or not subject.known)
    return False


def _was_quoted(table: Table, cue: Hit) -> Saying | None:
    """Return "X was quoted by Y as saying": X first, then Y."""
    start = cue.first
    while table.norm(start - 1) in grammar("be") or table.norm(start - 1) in ("has", "have", "had", "later", "also"):
        start -= 1
    subject = table.by_end.get(start) or over_a_clause(table, start) or somebody(table, cue)
    relay = table.by_start.get(cue.last) if cue.phrase.endswith(" by") else None
    if subject is None:
        return None if relay is None else Saying(cue.first, relay.last, cue.first, [relay], False)
    last = relay.last if relay is not None else cue.last
    if relay is not None and table.norm(last) == "as":
        last += 2
    ahead = _goes_on(table, cue.first, last)
    return Saying(subject.first, last, cue.first, [appositive(table, subject)], ahead, [relay] if relay else [])


def _passive(table: Table, cue: Hit) -> Saying | None:
    """Return who did the saying in "was reported yesterday by three clinics"."""
    if table.norm(cue.first - 1) not in grammar("be"):
        return None
    for index in range(cue.last, min(cue.last + 10, table.sentence.last)):
        norm = table.norm(index)
        if index in table.cue_at or norm in grammar("relative") or norm in (",", ";", "and", "but"):
            return None
        other = table.by_start.get(index + 1) if norm == "by" else None
        if other is not None and plainly(other) and other.kind not in _FIGHTERS and other.shape != "pronoun":
            row = joined(table, other, forward=True)
            return Saying(cue.first, row[-1].last, cue.first, row, False)
    return None


def _hearers(table: Table, index: int) -> tuple[int, list[Mention]]:
    """Return the end of the words of speech and whom they were told to: "told Reuters in a statement"."""
    relays: list[Mention] = []
    pauses = lexicon("speaker_pauses")
    while index < table.sentence.last:
        pause = pauses.at(table.tokens, index, table.sentence.last)
        hearer = table.by_start.get(index) or (
            table.by_start.get(index + 1) if table.norm(index) in ("to", "that") else None
        )
        told = table.tokens[index - 1].norm in ("told", "tells", "telling", "to")
        if hearer is not None and told and _is_outlet(table, hearer):
            relays.append(hearer)
            index = hearer.last
        elif told and table.norm(index) in grammar("hearer"):
            index += 1
        elif pause is not None and pause.phrase not in ("all", "both", "each", "first", "only", "just"):
            index = pause.last
        else:
            break
    return index, relays


def _is_outlet(table: Table, hearer: Mention) -> bool:
    """Tell whether those told hand it on: an outlet, or an unknown name that closes the clause."""
    if hearer.kind == "media" or hearer.shape == "pronoun" or hearer.name is None or hearer.head:
        return hearer.kind == "media" and hearer.shape != "pronoun"
    pause = lexicon("speaker_pauses").at(table.tokens, hearer.last, table.sentence.last)
    return pause is not None or table.norm(hearer.last) in grammar("says_before") | {"", ".", ",", "that"}


def _goes_on(table: Table, first: int, index: int) -> bool:
    """Tell whether what is said follows at ``index`` (else it stands before)."""
    following = table.norm(index)
    cue = table.cue_at.get(index)
    if following in ("", ".", ";", "?", "!", ")") or (cue is not None and cue.entry["role"] in ("tie", "pass")):
        return False
    if following == "," and first > table.sentence.first and not table.tokens[first - 1].word:
        return False  # "the attack, he said, cost ten lives"
    if any(table.norm(near) == "that" for near in range(index, index + 6)):
        return True
    if following == "," and table.norm(index + 1) in grammar("says_before") | grammar("relative"):
        return False
    if following in grammar("says_before") or following == "tags":
        return False
    return not (following == "a" and table.norm(index + 1) in ("day", "week", "month"))


def _speaker_follows(table: Table, cue: Hit, before: list[Saying], role: str) -> Saying | None:
    mention = table.by_start.get(cue.last)
    if mention is None and role == "after":
        near = range(cue.last + 1, min(cue.last + 6, table.sentence.last))
        mention = next((table.by_start[index] for index in near if index in table.by_start), None)
    if mention is None and cue.phrase == "according to":
        mention = _anybody(table, cue.last)
    if mention is None or (role == "by" and not plainly(mention)):
        return None
    mention = behind(table, described(table, mention))
    row = joined(table, mention, forward=True)
    last = row[-1].last
    ahead = cue.first <= table.sentence.first + 2 or (
        table.norm(cue.first - 1) in (",", "but", "and", "while", "|") and _goes_on(table, cue.first, last)
    )
    return Saying(
        cue.first,
        last,
        cue.first,
        row,
        ahead and role == "after",
        tone=cue.entry.get("tone", ""),
    )


def _counter(table: Table, cue: Hit) -> Saying | None:
    """Return whose count it is: "by the monitor's count", without its apostrophe "by the monitors count"."""
    end = cue.first - 1 if table.norm(cue.first - 1) == "'s" else cue.first
    own = table.by_end.get(end)
    if own is None or own.shape == "pronoun" or not plainly(own) or table.norm(own.first - 1) != "by":
        return None
    ahead = own.first <= table.sentence.first + 2
    return Saying(own.first - 1, cue.last, cue.first, [own], ahead)


def _anybody(table: Table, index: int) -> Mention | None:
    """Return what "according to" goes by where no known speaker follows: "a leaked slide"."""
    last = index + (table.norm(index) in words_of("speaker_words", "article"))
    nevers = words_of("not_names", "never")
    while last < min(index + 6, table.sentence.last) and table.tokens[last].word and table.norm(last) not in nevers:
        last += 1
    if last <= index + 1 or table.norm(last - 1) in grammar("a_count"):
        return None
    return Mention(index, last, None, "", "", False, "indefinite", False)


def _tied(table: Table, cue: Hit, before: list[Saying]) -> Saying | None:
    """Return "saying ..." with the speaker of its sentence, or one of its own: "with a guard adding"."""
    own = table.by_end.get(cue.first)
    if (
        own is not None
        and own.known
        and own.shape != "pronoun"
        and table.norm(own.first - 1) in ("with", ",", "and", "while")
    ):
        row = joined(table, own, forward=False)
        return Saying(row[0].first, cue.last, cue.first, row, True, tone=cue.entry.get("tone", ""))
    if before:
        return Saying(
            cue.first, cue.last, cue.first, before[-1].speakers, True, before[-1].relays, cue.entry.get("tone", "")
        )
    opening = [mention for mention in table.found if mention.last <= cue.first and mention.known]
    if not opening or opening[0].first > table.sentence.first + 6:
        return None
    return Saying(cue.first, cue.last, cue.first, [opening[0]], True, tone=cue.entry.get("tone", ""))


def _handed_on(table: Table, cue: Hit, subject: Mention | None, before: list[Saying]) -> Saying | None:
    """Return "X quoted Y as saying": Y first, then X; what they say stands before where the sentence ends there."""
    original = table.by_start.get(cue.last)
    if original is None or (original.shape == "pronoun" and original.takes_up == "body"):
        return None
    if not plainly(original) and original.shape != "pronoun":
        return None
    original = described(table, original)
    row = joined(table, original, forward=True)
    relays = joined(table, subject, forward=False) if subject is not None else (before[-1].speakers if before else [])
    first = relays[0].first if subject is not None and relays else cue.first
    last = row[-1].last
    if table.norm(last) == "as" or table.norm(last) in ("in", "who"):
        last += 2
    trails = table.norm(last) in _ENDS
    return Saying(first, last, cue.first, row, subject is not None and not before and not trails, list(relays))
