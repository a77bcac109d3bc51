"""One name to one place, or to candidates, or to the area that holds it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import get_args

from harmledger.gazetteer.aliases import Aliases
from harmledger.gazetteer.asking import Asked, Kind, Relation, leading_point, read_words
from harmledger.gazetteer.index import Entry, Index
from harmledger.gazetteer.placing import CITY, TOWN, beside, precision_of, shown_name, side_of
from harmledger.gazetteer.resolution import Hint, Resolution, Status
from harmledger.gazetteer.spelling import fold, spelling
from harmledger.gazetteer.weighing import WEIGHTS, Area, Candidate, Context, Weights, apart, kilometres, weigh
from harmledger.places import Place, Precision

_WIDE = ("area1", "area2", "area3", "country")
_FINE = ("part", "landmark", "street")
# How far from the town that holds it a quarter, landmark or street of the same name may lie.
_QUARTER_KM = 20.0
_RUNNERS_UP = 5


# What others call the kinds.
KINDS: Mapping[str, Kind] = {
    "building": "landmark", "neighbourhood": "part", "neighborhood": "part", "quarter": "part", "road": "street",
    "area": "unknown", "territory": "unknown", **{kind: kind for kind in get_args(Kind)},
}  # fmt: skip


_RELATIONS: Mapping[str, Relation] = {relation: relation for relation in get_args(Relation)}


class Resolver:
    """Resolves names against one index and the confirmed spellings."""

    def __init__(self, index: Index, aliases: Aliases, weights: Weights = WEIGHTS) -> None:
        self.index = index
        self.aliases = aliases
        self.weights = weights
        self.areas_like = lru_cache(maxsize=5000)(self._areas_like)

    def resolve(self, words: str, hint: Hint) -> Resolution:
        """Return where the words are."""
        asked = read_words(words)
        if asked.refusal:
            return Resolution(words, "no_place", because=f'"{words[:80]}" {asked.refusal}')
        kind = KINDS.get(hint.kind, "unknown") if asked.kind == "unknown" else asked.kind
        asked = replace(asked, kind=kind, within=tuple(dict.fromkeys((*asked.within, *hint.within))))
        if asked.relation == "at" and hint.relation != "at":
            asked = replace(asked, relation=_RELATIONS.get(hint.relation, "at"))
        if asked.others:
            return self._between(asked, hint)
        if asked.relation == "countryside":
            return self._countryside(asked, hint)
        found = self._named(asked, hint)
        if asked.relation in ("near", "direction") and found.place is not None:
            return beside(found, asked)
        return found

    def context(self, asked: Asked, hint: Hint) -> Context:
        """Return what is told around a name as places and points."""
        countries = hint.voted
        near = []
        for other in hint.near:
            if isinstance(other, tuple):
                near.append(("a place of the report", *other))
            else:
                entry = self._plain(other, countries)
                if entry is not None:
                    near.append((other, *entry.point))
        areas = [self._area(name, tuple(sorted(countries))) for name in asked.within]
        return Context([a for a in areas if a.entries], near, countries, asked.kind)

    def _area(self, name: str, countries: tuple[str, ...]) -> Area:
        led = None if self.index.knows(name) else leading_point(name)
        entries = self.areas_like(led[1] if led else name, countries)
        borders = {entry.n: border for entry in entries if (border := self.index.border(entry.n)) is not None}
        return Area(name, entries, led[0] if led else None, borders)

    def _plain(self, name: str, countries: Mapping[str, float]) -> Entry | None:
        found = weigh(name, self.index.spelt_like(name, countries), Context(countries=countries), self.weights)
        return found[0].entry if found and self._settled(name, found) else None

    def _areas_like(self, name: str, countries: tuple[str, ...] = ()) -> tuple[Entry, ...]:
        """Return the places that a wider place's name may mean: areas spelt so, else the towns spelt so."""
        asked = read_words(name)
        found = [c for c in weigh(asked.name, self.index.spelt_so(asked.name), Context()) if c.likeness >= 0.9]
        if countries:
            found = [c for c in found if c.entry.country in countries or c.entry.sort == "country"]
        exact = [c for c in found if c.likeness >= 0.97] or found
        wide = [c.entry for c in exact if c.entry.sort in _WIDE]
        towns = [c.entry for c in exact if c.entry.sort not in _WIDE][:3]
        if asked.kind in ("province", "district") and wide:
            return tuple(wide)
        return tuple(wide + [t for t in towns if not wide or t.population >= TOWN])

    def _settled(self, name: str, found: Sequence[Candidate]) -> bool:
        top = found[0]
        short = len(spelling(name).strict) <= 3
        alone = top.told < self.weights.beside
        least = self.weights.least_likeness_short if short and alone else self.weights.least_likeness
        if top.likeness < least or top.score < self.weights.least_score:
            return False
        rival = next((c for c in found[1:] if apart(top, c)), None)
        return rival is None or top.score - rival.score >= self.weights.margin

    def _candidates(self, asked: Asked, context: Context) -> list[Candidate]:
        names = [asked.name]
        if asked.kind == "camp":
            names = [f"{asked.name} camp", asked.name]
        elif asked.kind == "city":
            names = [f"{asked.name} city", asked.name]
        best: dict[int, Candidate] = {}
        for name in names:
            for candidate in weigh(name, self._looked_up(name, context.countries), context, self.weights):
                known = best.get(candidate.entry.n)
                if known is None or candidate.score > known.score:
                    best[candidate.entry.n] = candidate
        return sorted(best.values(), key=lambda c: (-c.score, -c.entry.population, c.entry.n))

    def _looked_up(self, name: str, countries: Container[str]) -> list[Entry]:
        if name.endswith("s") and not self.index.knows(name) and self.index.knows(name[:-1]):
            name = name[:-1]  # "Idlibs countryside", where a report lost its apostrophes
        return self.index.spelt_like(name, countries)

    def _named(self, asked: Asked, hint: Hint) -> Resolution:
        context = self.context(asked, hint)
        confirmed = self.aliases.place_of(asked.name, [a.name for a in context.within], context.countries)
        if confirmed is not None:
            entry = self.index.by_id(confirmed.place)
            if entry is not None:
                why = f"{confirmed.by} confirmed this spelling on {confirmed.on}: {confirmed.why}"
                return self._pinned(asked, [Candidate(entry, 1.0, 2.0, (why,))])
        found = self._candidates(asked, context)
        if asked.kind in ("province", "district"):
            found = _areas_first(found)
        if asked.kind in _FINE:
            found, bearer = self._of_its_town(asked, found, context)
            if bearer and not context.within:
                context = replace(context, within=[Area(asked.name, (bearer,))])
        if found and self._settled(asked.name, found):
            return self._pinned(asked, found)
        led = leading_point(asked.name)
        if led and not (found and found[0].likeness >= 0.97):
            return self._part_of(asked, led, hint)
        return self._held(asked, found, context)

    def _of_its_town(
        self, asked: Asked, found: list[Candidate], context: Context
    ) -> tuple[list[Candidate], Entry | None]:
        """Keep what may be the quarter, landmark or street: a name in or by a place told, or a part of a town.

        Also return the city whose name a landmark bears ("Hodeidah airport"); it holds it where nothing else is told.
        """
        anchors = [
            entry.point for area in context.within for entry in area.entries if entry.sort not in ("area1", "country")
        ]
        anchors += [point[1:] for point in context.near]
        kept, bearer = [], None
        for candidate in found:
            entry = candidate.entry
            if entry.sort in _WIDE:
                continue
            close = any(kilometres(entry.point, anchor) <= _QUARTER_KM for anchor in anchors)
            exact = candidate.likeness >= 0.97
            town = asked.kind == "part" and exact and entry.population >= TOWN
            if close or (not anchors and (entry.sort == "part" or town)):
                kept.append(candidate)
            large = entry.population >= CITY // 4 or entry.seat > 0
            if bearer is None and asked.kind == "landmark" and exact and large and entry.country in context.countries:
                bearer = entry
        if asked.kind != "part" and bearer is not None:
            kept = [c for c in kept if c.entry.sort in ("part", "feature", "camp")]
        return kept, bearer

    def _part_of(self, asked: Asked, led: tuple[str, str], hint: Hint) -> Resolution:
        """ "Northern Hama", "eastern Aleppo": the place named, with no finer point than the place itself."""
        found = self._named(replace(asked, name=led[1]), hint)
        if found.place is None:
            return replace(found, words=asked.words)
        place = found.place
        if found.status == "found" and found.candidates:
            place = self._side(found.candidates[0].entry, place, led[0])
        why = f"the {led[0]} of it is told; {found.because}"
        return replace(found, words=asked.words, place=place, precision=place.precision, because=why)

    def _pinned(self, asked: Asked, found: Sequence[Candidate]) -> Resolution:
        top = found[0]
        place = self.place(top.entry, asked.kind, asked.name)
        return Resolution(
            asked.words, "found", place, place.precision, tuple(found[:_RUNNERS_UP]),
            f"{place.name}: " + ", ".join(top.because), relation=asked.relation,
        )  # fmt: skip

    def _held(self, asked: Asked, found: Sequence[Candidate], context: Context) -> Resolution:
        """The name has no place of its own: say so, and take the narrowest told place that holds it."""
        likely = [c for c in found if c.likeness >= self.weights.least_likeness]
        if context.kind == "landmark" and context.within and fold(asked.name) == fold(context.within[0].name):
            why = f'"{asked.words}" is no place of the gazetteer'
        elif likely:
            why = f'"{asked.name}" may be ' + " or ".join(_described(c) for c in likely[:3])
        else:
            why = f'"{asked.name}" is in no gazetteer'
        status: Status = "ambiguous" if likely else "unknown"
        bare = Resolution(
            asked.words, status, None, "unknown", tuple(found[:_RUNNERS_UP]), why, relation=asked.relation
        )
        holder, compass = self._holder(context)
        if holder is not None:
            return self.held_by(bare, holder, "which the report says holds it,", compass)
        bearer = None if likely else self._bearer(asked.name, context)
        return bare if bearer is None else self.held_by(bare, bearer, "whose name it bears,")

    def held_by(self, found: Resolution, holder: Entry, why: str, compass: str | None = None) -> Resolution:
        """Return a resolution without a pin with the pin of the place that holds it, marked as such."""
        place = self.place(holder)
        place = self._side(holder, place, compass)
        side = f"the {compass} of " if compass else ""
        return replace(
            found, status="held", place=place, precision=place.precision, held_by=place.name,
            because=f"{found.because}; {side}{place.name}, {why} stands for it",
        )  # fmt: skip

    def _side(self, area: Entry, place: Place, compass: str | None) -> Place:
        point = side_of(self.index.points_in(area), compass) if compass and area.sort in _WIDE else None
        if point is None:
            return place
        precision: Precision = "district" if place.precision == "province_governorate" else place.precision
        return replace(place, latitude=point[0], longitude=point[1], precision=precision)

    def _bearer(self, name: str, context: Context) -> Entry | None:
        """Return the town of a voted country with which an unknown name begins or ends ("Khan Younis Beach")."""
        words = name.split()
        for count in range(len(words) - 1, 0, -1):
            for part in (" ".join(words[:count]), " ".join(words[-count:])):
                if len(part) > 3 and self.index.knows(part):
                    found = weigh(part, self.index.spelt_so(part), context, self.weights)
                    if found and found[0].likeness >= 0.97 and self._settled(part, found):
                        entry = found[0].entry
                        if entry.country in context.countries and entry.population >= CITY // 5:
                            return entry
        return None

    def _holder(self, context: Context) -> tuple[Entry | None, str | None]:
        """Return the narrowest told place, and the side of it that is told; a town before an area holds a quarter."""
        held = [(area, entry) for area in context.within if (entry := self._meant(area, context)) is not None]
        if context.kind in _FINE:
            held.sort(key=lambda pair: 2 if pair[1].sort == "country" else pair[1].sort in _WIDE)
        return (held[0][1], held[0][0].compass) if held else (None, None)

    def _meant(self, area: Area, context: Context) -> Entry | None:
        found = sorted(area.entries, key=lambda e: (-context.countries.get(e.country, 0.0), e.sort not in _WIDE))
        towns = sorted((e for e in area.entries if e.sort not in _WIDE), key=lambda e: -e.population)
        if context.kind in _FINE and towns and not area.compass:
            found = towns
        if not found:
            return None
        first = Candidate(found[0], 1.0, 1.0, ())
        for other in found[1:]:
            rival = other.country == found[0].country and (
                found[0].sort in _WIDE or other.population * 5 >= found[0].population
            )
            if rival and apart(first, Candidate(other, 1.0, 1.0, ())):
                return None
        return found[0]

    def _countryside(self, asked: Asked, hint: Hint) -> Resolution:
        """ "The countryside of Idlib" is the area, not the city; a town that has no area gives its surroundings."""
        whole = replace(asked, kind="province", relation="at")
        found = self._named(whole, hint)
        if found.candidates and found.place is not None:
            own = self._own_countryside(found.candidates[0].entry)
            if own is not None:
                found = self._pinned(
                    whole, [Candidate(own, 1.0, found.candidates[0].score, ("a province of its own",))]
                )
        if found.place is None:
            return replace(found, words=asked.words)
        place = found.place
        if found.candidates and found.candidates[0].entry.sort not in _WIDE:
            place = replace(place, precision="district")
        elif found.status == "found" and found.candidates:
            place = self._side(found.candidates[0].entry, place, asked.compass)
        side = f"{asked.compass} " if asked.compass else ""
        return replace(
            found, words=asked.words, place=place, precision=place.precision, relation="countryside",
            because=f"the {side}countryside is an area, not the town; {found.because}",
        )  # fmt: skip

    def _own_countryside(self, entry: Entry) -> Entry | None:
        """Return the province that is a city's countryside by name: Rif Dimashq for Damascus."""
        for name in entry.names[:40]:
            for countryside in (f"Rif {name}", f"ريف {name}"):
                for area in self.index.under("=" + fold(countryside)):
                    if area.sort == "area1" and area.country == entry.country:
                        return area
        return None

    def _between(self, asked: Asked, hint: Hint) -> Resolution:
        ends = [
            self._named(replace(asked, name=name, others=(), relation="at"), hint)
            for name in (asked.name, *asked.others)
        ]
        (a, b) = (end.place for end in ends)
        if a is None or b is None:
            lost = next(end for end in ends if end.place is None)
            return Resolution(
                asked.words, lost.status, None, "unknown", lost.candidates, lost.because, relation=asked.relation
            )
        length = kilometres((a.latitude, a.longitude), (b.latitude, b.longitude))
        precision: Precision = (
            "subdistrict" if length <= 50 else "district" if length <= 150 else "province_governorate"
        )
        middle = Place(
            "", f"{a.name} - {b.name}", (a.latitude + b.latitude) / 2, (a.longitude + b.longitude) / 2, precision,
            a.country, a.admin1 if a.admin1 == b.admin1 else None, a.admin2 if a.admin2 == b.admin2 else None,
        )  # fmt: skip
        why = f"the middle of {a.name} and {b.name}, {length:.0f} km apart"
        found = ends[0].candidates[:1] + ends[1].candidates[:1]
        return Resolution(asked.words, "beside", middle, precision, found, why, relation=asked.relation)

    def place(self, entry: Entry, kind: str = "unknown", asked: str = "") -> Place:
        """Return an entry of the index as a place of the record."""
        area1 = self.index.area(entry.country, entry.admin1)
        area2 = self.index.area(entry.country, entry.admin1, entry.admin2) if entry.admin2 else None
        for drawn in () if area1 else self.index.holding(*entry.point):
            area1 = drawn if drawn.sort == "area1" else area1
            area2 = area2 or (drawn if drawn.sort == "area2" else None)
        return Place(
            entry.id, shown_name(entry, asked), *entry.point, precision_of(entry, kind), entry.country,
            area1.name if area1 else None, area2.name if area2 else None,
        )  # fmt: skip


def _areas_first(found: list[Candidate]) -> list[Candidate]:
    """Keep areas where a province or district is asked for; else a town that bears exactly its name."""
    areas = [c for c in found if c.entry.sort in _WIDE and c.likeness >= 0.85]
    return areas or [c for c in found if c.likeness >= 0.97]


def _described(candidate: Candidate) -> str:
    entry = candidate.entry
    return f"{entry.name} at {entry.latitude:.3f}, {entry.longitude:.3f} ({candidate.score:.2f})"
