"""As many documents as wanted, for measuring: passages of the demo's library, put together anew from a seed.

Each has a title of its own, most have a material number, and a fifth of them a version before; what they say
in a row makes no sense, and each passage does. The same seed, number and day give the same document.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from portico.demo import days, lines, regions, services, specialties
from portico.demo.chance import Chance, Weighted
from portico.demo.library import documents, folder, numbering, topics
from portico.demo.library.shapes import Document, Version

_KINDS: Final = Weighted(
    [("update", 45), ("letter", 25), ("form", 8), ("guideline", 8), ("resource", 10), ("contact", 4)]
)
_ABOUT: Final = (
    "authorization of|claims for|changes to|rates for|records of|visits for|referrals to|appeals about|"
    "copays for|where to send requests for|questions about|waits for"
).split("|")
_FOR: Final = (*specialties.PRIMARY_CARE, *specialties.SPECIALISTS, *specialties.FACILITIES)
_TOWNS: Final = tuple(town.name for region in regions.REGIONS for town in region.towns)
_CODES: Final = tuple(topic.code for topic in topics.TOPICS)
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LEAST_WORDS: Final = 8
_YEARS, _DAYS = 20, 20 * 365


def made(count: int, *, seed: int, today: date) -> Iterator[Document]:
    """So many documents, one after the other; none of them links to another."""
    for number in range(count):
        yield _document(number, seed, today)


def write(out: Path, *, count: int, seed: int, today: date) -> int:
    """Write them as a folder that `portico load library` takes in; answers how many they are."""
    folder.begin(out)
    for document in made(count, seed=seed, today=today):
        folder.write_document(out, document)
    return count


def _document(number: int, seed: int, today: date) -> Document:
    chance = Chance("library", seed, number)
    kind = _KINDS.pick(chance)
    latest = _version(chance, kind, number, today)
    earlier = (_before(chance, latest, today),) if chance.happens(0.2) else ()
    return Document(
        key=f"{kind}-{seed}-{number:06}",
        kind=kind,
        topics=tuple(sorted({chance.pick(_CODES) for _ in range(chance.between(1, 3))})),
        versions=(*earlier, latest),
        material_number=_material_number(kind, number, today),
    )


def _version(chance: Chance, kind: str, number: int, today: date) -> Version:
    service, who, town = chance.pick(services.SERVICES), chance.pick(_FOR), chance.pick(_TOWNS)
    about = f"{chance.pick(_ABOUT)} {service.name.lower()}"
    return Version(
        title=f"{who.name}, {town}: {about} ({kind} {number})",
        summary=f"What offices in {town} do about {about}.",
        body=_body(chance, today),
        first_on=days.days_after(today, -chance.below(_DAYS)),
        lines=_some_lines(chance),
        regions=(chance.pick(regions.CODES),) if chance.happens(0.1) else (),
        public=chance.happens(0.1),
    )


def _before(chance: Chance, latest: Version, today: date) -> Version:
    first_on = days.days_after(latest.first_on, -chance.between(30, 400))
    return replace(latest, body=_body(chance, today), first_on=first_on)


def _body(chance: Chance, today: date) -> str:
    passages = _passages(today)
    said = [chance.pick(passages) for _ in range(chance.between(3, 8))]
    heading = f"## {chance.pick(services.SERVICES).name}"
    return "\n\n".join((*said[:2], heading, *said[2:]))


def _some_lines(chance: Chance) -> tuple[str, ...]:
    if chance.happens(0.5):
        return ()
    return tuple(sorted({chance.pick(lines.CODES) for _ in range(chance.between(1, 4))}))


def _material_number(kind: str, number: int, today: date) -> str:
    """A number of its own for every document whose kind has one: the year, and four digits and more."""
    letter = numbering.LETTERS.get(kind, "")
    year = (today.year - number % _YEARS) % 100
    return f"{year:02}-{1000 + number // _YEARS}{letter}" if letter else ""


@cache
def _passages(today: date) -> tuple[str, ...]:
    """The passages of the demo's library that are worth reading alone, each once."""
    bodies = (version.body for each in documents.everything(today) for version in each.versions)
    found = (_LINK.sub(r"\1", passage) for body in bodies for passage in body.split("\n\n"))
    return tuple(dict.fromkeys(passage for passage in found if len(passage.split()) >= _LEAST_WORDS))
