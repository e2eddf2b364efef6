"""Search parameters: what a resource knows, and what a client asked by it.

Every value is one value, asked for once, unless a parameter says otherwise. Modifiers, prefixes and lists we
do not serve are refused, never ignored: each would silently mean more than was asked. Parameters nobody knows
are ignored and named in the answer, or refused where the client wants it so.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portico.edges.fhir.outcomes import bad_request

MOST: Final = 50
LONGEST_VALUE: Final = 200
MOST_NAMED: Final = 10
COUNT, SUMMARY, PAGE, FORMAT = "_count", "_summary", "_page", "_format"
_OF_EVERY_SEARCH: Final = frozenset({COUNT, SUMMARY, PAGE, FORMAT})
_UNESCAPED_COMMA: Final = re.compile(r"(?<!\\),")
_ESCAPED: Final = re.compile(r"\\([\\,|$])")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]{0,39}")
_DAY: Final = re.compile(r"(?:eq)?([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A search parameter: HL7's name for it, its kind, its definition, and what we make of it.

    `tells_who`: its values identify people, and stand in no link. `takes_several`: a list means any of them.
    """

    name: str
    kind: str
    definition: str
    says: str
    tells_who: bool = False
    takes_several: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search asks: values as sent, by name, and how many a page; 0 asks for the total alone.

    `page` is the sealed page of an earlier search; `ignored` names what nobody here knows.
    """

    values: Mapping[str, str]
    count: int = MOST
    page: str = ""
    ignored: tuple[str, ...] = ()


def read(pairs: Iterable[tuple[str, str]], known: Iterable[Parameter], *, most: int, strict: bool) -> Asked:
    """What these names and values ask of a resource, at most `most` a page. Raises Problem (400)."""
    lists = {parameter.name: parameter.takes_several for parameter in known}
    values: dict[str, str] = {}
    ignored: dict[str, None] = {}
    for name, value in pairs:
        base, modified, _ = name.partition(":")
        if base not in lists and base not in _OF_EVERY_SEARCH:
            ignored[name] = None
        elif modified:
            raise bad_request("not-supported", f"The parameter {base} takes no modifier here.")
        elif value:
            _check(base, value, takes_several=lists.get(base, False), before=values.get(base))
            values[base] = value
    if ignored and strict:
        raise bad_request("not-supported", f"Unknown here: {named(tuple(ignored))}.")
    return _asked(values, lists, tuple(ignored), most)


def named(names: tuple[str, ...]) -> str:
    """The names of parameters, as far as they look like names, the first ten."""
    plain = [name for name in names if _NAME.fullmatch(name)][:MOST_NAMED]
    others = len(names) - len(plain)
    return ", ".join([*plain, *([f"{others} more"] if others else [])])


def unescaped(value: str) -> str:
    """A value without the escapes that FHIR puts before commas, bars and dollars."""
    return _ESCAPED.sub(r"\1", value)


def several(value: str) -> tuple[str, ...]:
    """The values of a list."""
    return tuple(unescaped(one) for one in _UNESCAPED_COMMA.split(value) if one)


def day(value: str, name: str) -> date:
    """A whole day, with `eq` before it or not. Raises Problem (400) for another prefix or less than a day."""
    found = _DAY.fullmatch(value)
    if not found:
        raise bad_request("not-supported", f"{name} takes one whole day here, as YYYY-MM-DD.")
    try:
        return date.fromisoformat(found[1])
    except ValueError as error:
        raise bad_request("value", f"{name} is no day of the calendar.") from error


def _check(name: str, value: str, *, takes_several: bool, before: str | None) -> None:
    if len(value) > LONGEST_VALUE and name != PAGE:
        raise bad_request("too-long", f"The value of {name} is longer than {LONGEST_VALUE} signs.")
    if not value.isprintable():
        raise bad_request("value", f"The value of {name} holds signs that cannot be printed.")
    if before not in (None, value):
        raise bad_request("not-supported", f"{name} is asked for once here.")
    if "," in _ESCAPED.sub("", value) and not takes_several:
        raise bad_request("not-supported", f"{name} takes one value here, no list.")


def _asked(
    values: Mapping[str, str], known: Mapping[str, bool], ignored: tuple[str, ...], most: int
) -> Asked:
    own = {name: value for name, value in values.items() if name in known}
    page = values.get(PAGE, "")
    if page and own:
        raise bad_request("not-supported", f"{PAGE} stands for a whole search, and goes alone.")
    return Asked(own, _count(values.get(COUNT, ""), values.get(SUMMARY, ""), most), page, ignored)


def _count(count: str, summary: str, most: int) -> int:
    if summary not in ("", "false", "count"):
        raise bad_request("not-supported", f"{SUMMARY} takes count or false here.")
    if count and not (count.isascii() and count.isdecimal()):
        raise bad_request("value", f"{COUNT} takes a whole number.")
    if summary == "count":
        return 0
    return min(int(count[:9]), most) if count else most
