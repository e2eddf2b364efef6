"""What was found, in the words and links of the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from portico.domains.library.search.asked import Asked, Counted, Found, Hit
from portico.domains.library.search.entries import EVERY
from portico.domains.library.wording import HELP
from portico.domains.plan import catalogue
from portico.edges.web import parts
from portico.edges.web.parts import Part
from portico.edges.web.reading.words import KINDS, OFFICE_TYPES

AT_ONCE: Final = 12

_SYNONYM_FAULTS: Final[Mapping[str, str]] = {
    "too_few": "Enter two words or phrases at least, with a comma between them.",
    "too_many": "Enter no more than 20 words and phrases in one row.",
    "said_twice": "One of the words stands there twice.",
    "long_phrase": "A phrase has five words at most.",
    "too_long": "Enter no more than 500 characters.",
    "taken": "One of these stands in another row already. Change that row instead.",
    "too_many_rows": "There are 500 rows, which is the most. Remove one first.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the answers can be narrowed to; `address`: where it is sent to, empty for the page itself."""

    name: str
    value: str
    label: str
    count: int
    is_chosen: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one dimension; `all`: the button that takes its choice back."""

    id: str
    label: str
    choices: tuple[Choice, ...]
    all: Choice | None

    @property
    def first(self) -> tuple[Choice, ...]:
        """The choices that are seen at once: a dozen, and the chosen one wherever it stands."""
        return tuple(each for place, each in enumerate(self.choices) if place < AT_ONCE or each.is_chosen)

    @property
    def rest(self) -> tuple[Choice, ...]:
        """Those that are folded away."""
        return tuple(each for each in self.choices[AT_ONCE:] if not each.is_chosen)


@dataclass(frozen=True, slots=True)
class Row:
    """A hit, where it leads, and its kind and lines in words."""

    hit: Hit
    url: str
    kind: str
    lines: str


def fault(code: str) -> str:
    """What is wrong with a row of synonyms."""
    return _SYNONYM_FAULTS[code]


def url(hit: Hit, on: date | None) -> str:
    """Where a document is: as it is today, or as it was in force on the day that was asked as of."""
    if hit.kind == HELP and on is None:
        return reverse("help_answer", args=[hit.key])
    if on is not None and hit.is_in_force(on):
        return reverse("library_on", args=[hit.key, on])
    return reverse("library_document", args=[hit.key])


def rows(hits: Iterable[Hit], asked: Asked) -> list[Row]:
    """Hits as they are shown for what was asked; the lines are named once for all."""
    names = catalogue.choices().line_names
    return [
        Row(hit, url(hit, asked.on), KINDS[hit.kind], ", ".join(names.get(code, code) for code in hit.lines))
        for hit in hits
    ]


def groups(request: HttpRequest, asked: Asked, found: Found) -> list[Group]:
    """What the answers can be narrowed to, with how many each would leave; lines and regions are parts."""
    plan, part = catalogue.choices(), parts.of(request)
    lines = _places(request, found, "line", plan.line_names, part)
    regions = _places(request, found, "region", plan.region_names, part)
    made = [
        _group("kind", "Kind", list(KINDS.items()), found.counts.get("kind", ()), asked.kind),
        _group("topic", "Topic", _by_count(found), found.counts.get("topic", ()), asked.topic),
        lines,
        regions,
        _offices(found, asked),
    ]
    return [group for group in made if group.choices]


def elsewhere(request: HttpRequest, found: Found) -> list[tuple[str, int, str]]:
    """The other lines in which there is more: the name, how many, and the address of the search there."""
    names, region = catalogue.choices().line_names, parts.of(request).region
    return [
        (names.get(each.code, each.code), each.count, _address(request, Part(each.code, region)))
        for each in found.elsewhere
    ]


def switch(request: HttpRequest, hit: Hit) -> tuple[str, str]:
    """Of a document that is for another line: the line's name, and the document's address in it."""
    line, region = hit.lines[0], parts.of(request).region
    page = parts.page_of(request, reverse("library_document", args=[hit.key]))
    return catalogue.choices().line_names.get(line, line), parts.address(request, Part(line, region), page)


def _group(
    name: str, label: str, known: Sequence[tuple[str, str]], counted: Iterable[Counted], chosen: str
) -> Group:
    counts = {each.code: each.count for each in counted}
    choices = tuple(
        Choice(name, code, said, counts.get(code, 0), is_chosen=code == chosen)
        for code, said in known
        if counts.get(code) or code == chosen
    )
    return Group(name, label, choices, Choice(name, "", "All", 0) if chosen else None)


def _by_count(found: Found) -> list[tuple[str, str]]:
    """The topics, those with the most answers first."""
    codes = [each.code for each in found.counts.get("topic", ())]
    return [(code, found.topics.get(code, code)) for code in codes]


def _offices(found: Found, asked: Asked) -> Group:
    """Kinds of offices, where something is for some of them only."""
    counted = found.counts.get("office_type", ())
    every = sum(each.count for each in counted if each.code == EVERY)
    added = [Counted(each.code, each.count + every) for each in counted if each.code != EVERY]
    return _group("office", "Kind of office", list(OFFICE_TYPES.items()), added, asked.office_type)


def _places(request: HttpRequest, found: Found, name: str, known: Mapping[str, str], part: Part) -> Group:
    """Lines or regions: each is sent to the part of the plan that it is."""
    counts = {each.code: each.count for each in found.counts.get(name, ())}
    every, chosen = counts.get(EVERY, 0), getattr(part, name)
    choices = tuple(
        Choice("", "", said, count, code == chosen, _address(request, _with(part, name, code)))
        for code, said in known.items()
        if (count := counts.get(code, 0) + every)
    )
    label = "Line of business" if name == "line" else "Region"
    back = Choice("", "", "All", 0, address=_address(request, _with(part, name, ""))) if chosen else None
    return Group(name, label, choices, back)


def _with(part: Part, name: str, code: str) -> Part:
    return Part(code, part.region) if name == "line" else Part(part.line, code)


def _address(request: HttpRequest, part: Part) -> str:
    return parts.address(request, part, parts.page_of(request, reverse("library")))
