"""How pages speak of providers, places and networks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portico.domains.directory.network_answers import Answer, Verdict
from portico.domains.directory.profiles import At
from portico.domains.directory.sights import Seen
from portico.domains.plan import catalogue
from portico.edges.web.documents import formatting
from portico.shared.periods import Period

ACCESSIBILITY: Final[Mapping[str, str]] = {
    "entrance": "Step-free entrance",
    "parking": "Accessible parking",
    "exam_room": "Accessible exam room",
    "restroom": "Accessible restroom",
    "equipment": "Accessible exam table and scale",
    "communication": "Help with hearing, seeing and speaking",
}
TONES: Final = {Verdict.IN_NETWORK: "positive", Verdict.NOT_IN_NETWORK: "negative"}


@dataclass(frozen=True, slots=True)
class Row:
    """A provider at a place as lists and pages show it: what it is, and its networks by name."""

    seen: Seen
    town: str
    networks: tuple[str, ...]


def rows(seen: Iterable[Seen]) -> list[Row]:
    """The listings with their networks by name."""
    names = catalogue.choices().line_names
    return [Row(one, town(one), tuple(names.get(line, line) for line in one.lines)) for one in seen]


def town(seen: Seen) -> str:
    """City, state and ZIP code, as far as they are shown."""
    return ", ".join(filter(None, (seen.city, " ".join(filter(None, (seen.state, seen.postal_code))))))


def networks(at: At) -> list[tuple[str, str]]:
    """Each network by name, and from when to when."""
    names = catalogue.choices().line_names
    return [(names.get(line, line), span(period)) for line, period in at.networks]


def span(period: Period) -> str:
    """The days in words: "since January 1, 2025", "January 1, 2025 to June 30, 2026"."""
    first = formatting.long_day(period.first)
    return f"{first} to {formatting.long_day(period.last)}" if period.last else f"since {first}"


def headline(answer: Answer) -> str:
    """What was answered, in one line."""
    is_in = "is" if answer.verdict is Verdict.IN_NETWORK else "is not"
    return (
        f"{answer.name} {is_in} in the network of {answer.line_name} on {formatting.long_day(answer.as_of)}"
    )


def standing(places: Sequence[At], line: str) -> Verdict | None:
    """Is the provider in that network at some place on the day shown? None where no network was asked for."""
    if not line:
        return None
    is_in = any(line in at.seen.lines for at in places)
    return Verdict.IN_NETWORK if is_in else Verdict.NOT_IN_NETWORK


def yes(value: bool) -> str:
    """Yes or no, as files write it."""
    return "yes" if value else "no"
