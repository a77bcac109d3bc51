"""A case made to hold no more than its profile shows.

What is withheld is taken out of the case itself, whatever the format: sentences, names and points that an exporter is
never given cannot slip into a column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from harmledger.dates import DateRange
from harmledger.export.redaction.coarsen import coarser_date, coarser_place, kind_of_source
from harmledger.export.redaction.names import Names
from harmledger.export.redaction.profile import Profile
from harmledger.export.rows import Total
from harmledger.model import Case, Claim, Entry, Event, Incident, LeftOut, Origin, Report, Span, Unnumbered, Victim
from harmledger.places import Place

_NOWHERE = Span(0, 0)
# Words of a count that tell nothing but a number; any other is shown as "several".
_COUNT_WORDS = frozenset(
    ("a", "an", "of", "the", "and", "dozen", "dozens", "score", "scores", "ten", "tens", "hundred", "hundreds")
    + ("thousand", "thousands", "several", "many", "few", "some", "numerous", "multiple", "number", "others", "no")
)
_GROUPS = ("children_", "women_", "men_")


class Redactor:
    """Redacts cases and running totals by one profile, with the names of one export."""

    def __init__(self, profile: Profile, names: Names) -> None:
        self.profile = profile
        self.names = names

    def case(self, case: Case) -> Case:
        """Return what the profile shows of a case; the case itself where nothing is withheld."""
        if not self.profile.redacts:
            return case
        texts = {report.id: report.text for report in case.reports}
        groups = self.profile.groups and not self._small_groups(case.entry)
        kept, spans = self._claims(case, texts, groups)
        reports = tuple(self._report(report, spans.get(report.id, "")) for report in case.reports)
        events = tuple(self._event(event, kept) for event in case.incident.events)
        name = self.names.of("incident", case.entry.incident)
        told = tuple(self.names.quiet("report", report) for report in case.incident.reports)
        incident = Incident(name, told, tuple(kept[c.id] for c in case.incident.claims if c.id in kept), (), events)
        return Case(incident, self._entry(case.entry, name, groups, kept), reports)

    def total(self, total: Total) -> Total:
        """Return what the profile shows of a running total."""
        if not self.profile.redacts:
            return total
        claim, words = self._claim(total.claim, total.report.text, "")
        return Total(claim, self._report(total.report, words))

    def _small_groups(self, entry: Entry) -> bool:
        """Tell whether a group is so small that it points to persons; then all groups are withheld."""
        sizes = [entry.children_killed, entry.women_killed, entry.men_killed]
        sizes += [known for kind, known in entry.tolls.items() if _of_group(kind)]
        return any(0 < known.low < self.profile.minimum_group for known in sizes if known is not None)

    def _report(self, report: Report, words: str) -> Report:
        name = self.names.of("report", report.id)
        if self.profile.reports:
            return replace(report, id=name)
        return Report(name, words)

    def _claims(self, case: Case, texts: Mapping[str, str], groups: bool) -> tuple[dict[str, Claim], dict[str, str]]:
        kept: dict[str, Claim] = {}
        words: dict[str, str] = {}
        for claim in case.incident.claims:
            if not groups and claim.group not in ("people", "things") and claim.parent is not None:
                continue
            shown = claim if groups or claim.group == "things" else replace(claim, group="people")
            kept[claim.id], words[claim.report] = self._claim(
                shown, texts.get(claim.report, ""), words.get(claim.report, "")
            )
        return kept, words

    def _claim(self, claim: Claim, text: str, before: str) -> tuple[Claim, str]:
        """Return a claim as it is shown, and its report's text with the words of this count added."""
        profile, names = self.profile, self.names
        said = _count_words(claim.span.of(text)) if claim.count.value is None else ""
        after = f"{before}{said}\n" if said else before
        span = Span(len(before), len(before) + len(said)) if said else _NOWHERE
        place, located = self._place(claim.place, claim.located)
        hidden = set(profile.withheld)
        # every field is told: one that is added to claims one day is withheld until it is thought of here
        return Claim(
            id=names.of("claim", claim.id),
            report=names.quiet("report", claim.report),
            span=claim.span if profile.sentences else span,
            sentence=claim.sentence if profile.sentences else _NOWHERE,
            kind=claim.kind,
            count=claim.count,
            group=claim.group,
            status="unstated" if "status" in hidden else claim.status,
            scope=claim.scope,
            place=place,
            located=located,
            when=self._when(claim.when),
            actor=None if "actor" in hidden else claim.actor,
            means=None if "means" in hidden else claim.means,
            munitions=() if "munitions" in hidden else claim.munitions,
            sources=self._sources(claim.sources),
            role=claim.role,
            parent=names.quiet("claim", claim.parent) if claim.parent else None,
            because=claim.because if profile.sentences else {},
            confidence=claim.confidence if profile.sentences else None,
            engine=claim.engine if profile.sentences else "",
        ), after

    def _sources(self, sources: tuple[str, ...]) -> tuple[str, ...]:
        if self.profile.sources == "named":
            return sources
        return tuple(map(kind_of_source, sources[:1])) if self.profile.sources == "kind" else ()

    def _place(self, name: str | None, place: Place | None) -> tuple[str | None, Place | None]:
        if self.profile.place == "exact":
            return name, place
        shown = coarser_place(place, self.profile) if place is not None else None
        if shown is None and place is not None and self.profile.place != "none":
            # no point is shown, but the area's name may be
            areas = {"admin2": place.admin2 or place.admin1, "admin1": place.admin1}
            return areas.get(self.profile.place) or place.country, None
        return shown.name if shown is not None else None, shown

    def _when(self, when: DateRange | None) -> DateRange | None:
        return coarser_date(when, self.profile.date) if when is not None else None

    def _event(self, event: Event, kept: Mapping[str, Claim]) -> Event:
        profile, report = self.profile, self.names.quiet("report", event.report)
        mentions = tuple(Unnumbered(report, _NOWHERE, u.kind, "people", u.several) for u in event.unnumbered)
        return Event(
            self.names.quiet("event", event.id),
            report,
            tuple(kept[claim.id] for claim in event.claims if claim.id in kept),
            self._victims(event.victims),
            event.unnumbered if profile.sentences else mentions,
            event.main,
            event.published if profile.reports else None,
            event.outlet if profile.reports else None,
            event.text if profile.sentences else "",
        )

    def _victims(self, victims: tuple[Victim, ...]) -> tuple[Victim, ...]:
        if self.profile.victims == "none":
            return ()
        named, groups = self.profile.victims == "named", self.profile.groups
        return tuple(
            Victim(
                self.names.quiet("report", victim.report),
                victim.span if self.profile.sentences else _NOWHERE,
                victim.name if named else "",
                victim.kind,
                victim.age if groups else None,
                victim.sex if groups else None,
                victim.grown if groups else None,
            )
            for victim in victims
        )

    def _entry(self, entry: Entry, name: str, groups: bool, kept: Mapping[str, Claim]) -> Entry:
        profile, hidden = self.profile, set(self.profile.withheld)
        place, located = self._place(entry.place, entry.located)
        because = dict(entry.because) if profile.sentences else {"grade": _grade_words(entry)}
        if "grade" in hidden:
            because.pop("grade", None)
        texts = profile.sentences
        left = tuple(
            LeftOut(kept[out.claim].id, out.field, out.because if texts else "")
            for out in entry.left_out
            if out.claim in kept
        )
        return Entry(
            incident=name,
            reports=tuple(self.names.quiet("report", report) for report in entry.reports),
            killed=entry.killed,
            injured=entry.injured,
            children_killed=entry.children_killed if groups else None,
            women_killed=entry.women_killed if groups else None,
            men_killed=entry.men_killed if groups else None,
            when=self._when(entry.when),
            place=place,
            located=located,
            actor=None if "actor" in hidden else entry.actor,
            means=None if "means" in hidden else entry.means,
            grade="" if "grade" in hidden else entry.grade,
            because=because,
            claims=tuple(kept[claim].id for claim in entry.claims if claim in kept),
            origins=self._origins(entry.origins),
            left_out=left,
            contradictions=entry.contradictions if texts else (),
            warnings=entry.warnings if texts else (),
            best=entry.best if groups else {kind: entry.best[kind] for kind in entry.best if not _of_group(kind)},
            victims=self._victims(entry.victims),
            tolls=entry.tolls if groups else {kind: entry.tolls[kind] for kind in entry.tolls if not _of_group(kind)},
            corrections=entry.corrections if texts else (),
            confirmed=tuple(kept[claim].id for claim in entry.confirmed if claim in kept),
            notes=entry.notes if texts else (),
        )

    def _origins(self, origins: tuple[Origin, ...]) -> tuple[Origin, ...]:
        shown = []
        for number, origin in enumerate(origins, 1):
            reports = tuple(self.names.quiet("report", report) for report in origin.reports)
            if self.profile.sources == "named":
                shown.append(Origin(origin.name, reports, origin.because if self.profile.sentences else ""))
            else:
                kind = kind_of_source(origin.name) if self.profile.sources == "kind" else "source"
                shown.append(Origin(f"{kind} {number}", reports, ""))
        return tuple(shown)


def _of_group(kind: str) -> bool:
    return kind.startswith(_GROUPS)


def _grade_words(entry: Entry) -> str:
    count = len(entry.origins)
    return f"{count} independent origin{'' if count == 1 else 's'}"


def _count_words(said: str) -> str:
    words = re.findall(r"[a-z]+", said.lower())
    return " ".join(words) if words and all(word in _COUNT_WORDS for word in words) else "several"
