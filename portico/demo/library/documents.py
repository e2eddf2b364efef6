"""Every document of the demo's library, as of the day the demo is built, all of our own writing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from portico.demo import regions
from portico.demo.library import blocks, instances, moments, numbering, rules, setting, tables
from portico.demo.library.instances import Instance
from portico.demo.library.shapes import Document, Version

_BRACED: Final = re.compile(r"\{([a-z_]+)(?::([^{}]*))?\}")


@cache
def everything(today: date) -> tuple[Document, ...]:
    """The documents, in the order of the texts they are made of. The same day makes the same ones."""
    shelf = _shelf(today)
    return tuple(_document(each, shelf) for each in shelf.instances.values())


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What texts may speak of: the other documents, their numbers, and words that hold for all."""

    today: date
    instances: Mapping[str, Instance]
    numbers: Mapping[str, str]
    words: Mapping[str, str]


def _shelf(today: date) -> _Shelf:
    found = {each.key: each for block in blocks.everything() for each in instances.of_block(block, today)}
    numbers = numbering.numbers(
        {key: (each.block.kind, _told_on(each, today)) for key, each in found.items()}
    )
    return _Shelf(today, found, numbers, _words(today))


def _words(today: date) -> dict[str, str]:
    """Words that hold in every text."""
    north = [town.name for town in regions.REGIONS[0].towns]
    return {
        **rules.PHONES,
        **rules.OTHERS,
        "year": str(today.year),
        "next_year": str(today.year + 1),
        "towns_north": f"{', '.join(north[:-1])} and {north[-1]}",
        "deadline_rows": tables.deadlines(),
        "authorization_rows": tables.authorizations(),
        "auth_fax_rows": tables.auth_faxes(),
        "claims_box_rows": tables.claims_boxes(),
    }


def _document(each: Instance, shelf: _Shelf) -> Document:
    values = each.block.values
    above = values.get("part_of", "")
    return Document(
        key=each.key,
        kind=each.block.kind,
        topics=tuple(values["topics"].split(", ")),
        versions=tuple(_versions(each, shelf)),
        material_number=shelf.numbers.get(each.key, ""),
        part_of=_of_the_same(above, each, shelf).key if above else "",
        position=int(values.get("position", 0)),
    )


def _versions(each: Instance, shelf: _Shelf) -> Iterator[Version]:
    values, today = each.block.values, shelf.today
    for number, first_on in enumerate(_begins(each, today), 1):
        words = _words_of_version(each, shelf, first_on)
        text = blocks.marked(each.block.text, each.tags | {f"v{number}"})
        yield Version(
            title=_filled(values["title"], words, each, shelf),
            summary=_filled(values["summary"], words, each, shelf),
            body=setting.neat(_filled(text, words, each, shelf)),
            first_on=first_on,
            last_on=_day(values.get("last_on"), each, today),
            lines=each.lines,
            regions=each.regions or tuple(_several(values.get("regions"))),
            office_types=tuple(_several(values.get("office_types"))),
            public=values.get("public") == "yes",
            must_read_by=_day(values.get("must_read"), each, today),
            publish_on=_day(values.get("publish"), each, today) or moments.told_on(first_on, today, each.key),
        )


def _words_of_version(each: Instance, shelf: _Shelf, first_on: date) -> dict[str, str]:
    words = {**shelf.words, **each.words}
    words |= {"first_on": moments.in_words(first_on), "version_year": str(first_on.year)}
    if each.plan:
        words["plan_rows"] = tables.of_plan(each.plan, first_on.year - shelf.today.year)
    return words


def _filled(text: str, words: Mapping[str, str], each: Instance, shelf: _Shelf) -> str:
    """The text with its braces filled; raises KeyError for what nobody knows."""

    def said(found: "re.Match[str]") -> str:
        name, about = found[1], found[2]
        if about is None:
            return words[name]
        if name == "see":
            return _link(_of_the_same(about, each, shelf), shelf)
        if name == "number":
            return shelf.numbers[about]
        return moments.in_words(moments.day(about, today=shelf.today))

    return _BRACED.sub(said, text)


def _link(target: Instance, shelf: _Shelf) -> str:
    words = {**shelf.words, **target.words}
    title = _BRACED.sub(lambda found: words[found[1]], target.block.values["title"])
    line = target.words.get("line")
    return f"[{title.removesuffix(f': {line}')}](library:{target.key})"


def _of_the_same(key: str, each: Instance, shelf: _Shelf) -> Instance:
    """The document a text means by a key: that of the same line or region, where there is one."""
    kinds = (f"{each.of}-{key}", f"{key}-{each.of}") if each.of else ()
    found = next((shelf.instances[one] for one in kinds if one in shelf.instances), None)
    return found or shelf.instances[key]


def _begins(each: Instance, today: date) -> list[date]:
    written = each.block.values["first_on"].split(" | ")
    return [moments.day(one, today=today, quarter=each.quarter) for one in written]


def _told_on(each: Instance, today: date) -> date:
    """The day it was, or is, first told of; its number says the year."""
    return _day(each.block.values.get("publish"), each, today) or _begins(each, today)[0]


def _day(written: str | None, each: Instance, today: date) -> date | None:
    return moments.day(written, today=today, quarter=each.quarter) if written else None


def _several(written: str | None) -> list[str]:
    return written.split(", ") if written else []
