"""EBs, and the merging of those that say the same of several service types (EB03 repeats)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from portico.shared.x12.joining import Value

Segment = tuple[str, *tuple[Value, ...]]


def segment(name: str, *values: Value) -> Segment:
    """A segment of its ID and elements."""
    return (name, *values)


class Line(NamedTuple):
    """One EB without its service types; `after` are the segments of its loop that follow it."""

    code: str
    level: str = ""
    insurance: str = ""
    plan: str = ""
    period: str = ""
    money: str = ""
    share: str = ""
    authorization: str = ""
    network: str = ""
    after: tuple[Segment, ...] = ()


def written(line: Line, types: Sequence[str]) -> Iterator[Segment]:
    """The EB of a line, and what follows it."""
    service_types: Value = types[0] if len(types) == 1 else list(types)
    said = line.level, service_types, line.insurance, line.plan, line.period, line.money, line.share
    yield ("EB", line.code, *said, "", "", line.authorization, line.network)
    yield from line.after


def merged(lines: Iterable[tuple[Line, str]]) -> Iterator[Segment]:
    """Lines with a service type each: a line is written once, with all the types that share it."""
    types: dict[Line, list[str]] = {}
    for line, service_type in lines:
        types.setdefault(line, []).append(service_type)
    for line, sharing in types.items():
        yield from written(line, sharing)
