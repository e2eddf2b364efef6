"""The published figures in words and in the columns of their files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from portico.domains.authorizations.metric_rules import FEW, Figures, Share
from portico.domains.authorizations.metrics import Published

LEVELS: Final = {"standard": "Standard requests", "expedited": "Expedited requests"}
ALL_LINES: Final = "All lines"
SHARES: Final[Mapping[str, str]] = {
    "approved": "Approved",
    "partly": "Approved in part",
    "denied": "Denied",
    "after_extension": "Approved after more time",
    "after_appeal": "Approved after an appeal",
    "in_time": "Decided in time",
}
"""The shares, by the field of Figures."""
HEADS: Final = (
    "year",
    "level",
    "line",
    "decided",
    *(f"{name}_{what}" for name in SHARES for what in ("count", "of", "percent")),
    "average_hours",
    "median_hours",
    "withheld",
)
_DAY: Final = 24


@dataclass(frozen=True, slots=True)
class Shown:
    """A level's figures as the page has them: those of all lines, and line by line."""

    code: str
    name: str
    whole: Figures
    shares: tuple[tuple[str, Share], ...]
    lines: tuple[tuple[str, Figures], ...]

    @property
    def tells_lines(self) -> bool:
        """Is there a line whose figures may be shown?"""
        return any(not each.is_withheld for _, each in self.lines)


def levels(found: Published) -> list[Shown]:
    """The levels of which anything was decided."""
    shown = []
    for code, name in LEVELS.items():
        whole, *lines = [each for each in found.figures if each.level == code]
        if whole.decided or whole.is_withheld:
            shares = tuple((label, getattr(whole, field)) for field, label in SHARES.items())
            named = tuple((found.names.get(each.line, each.line), each) for each in lines)
            shown.append(Shown(code, name, whole, shares, named))
    return shown


def took(hours: Decimal | None) -> str:
    """A time as people say it: 5.5 hours, 3.2 days; nothing where there is none."""
    if hours is None:
        return ""
    if hours < 2 * _DAY:
        return f"{hours} hours"
    return f"{(hours / _DAY).quantize(Decimal('0.1'))} days"


def rows(found: Published) -> Iterator[list[str]]:
    """The figures as rows of a file, under HEADS."""
    for each in found.figures:
        cells = [_text(number) for name in SHARES for number in _numbers(each, name)]
        times = [_text(each.average_hours), _text(each.median_hours)]
        decided = "" if each.is_withheld else str(each.decided)
        line = each.line or "all"
        yield [str(found.year), each.level, line, decided, *cells, *times, "yes" if each.is_withheld else ""]


def document(found: Published) -> dict[str, Any]:
    """The figures as JSON: percentages and hours as text with one decimal, null where there is none."""
    return {
        "year": found.year,
        "first_day": found.first.isoformat(),
        "last_day": found.last.isoformat(),
        "is_over": found.is_over,
        "as_of": found.as_of.isoformat(),
        "fewest_published": FEW,
        "figures": [_figures(each) for each in found.figures],
        "items_that_need_authorization": {
            "list_version": found.items.version,
            "count": len(found.items.held),
            "items": [
                {
                    "system": item.system,
                    "first_code": item.first_code,
                    "last_code": item.last_code or item.first_code,
                    "line": item.line or "all",
                    "text": item.text,
                }
                for item in found.items.held
            ],
        },
    }


def _figures(each: Figures) -> dict[str, Any]:
    said: dict[str, Any] = {"level": each.level, "line": each.line or "all", "withheld": each.is_withheld}
    if each.is_withheld:
        return said
    for name in SHARES:
        count, of, percent = _numbers(each, name)
        said[name] = {"count": count, "of": of, "percent": None if percent is None else str(percent)}
    times = {"average_hours": each.average_hours, "median_hours": each.median_hours}
    return {
        **said,
        "decided": each.decided,
        **{name: None if hours is None else str(hours) for name, hours in times.items()},
    }


def _numbers(each: Figures, name: str) -> tuple[int | None, int | None, Decimal | None]:
    share: Share = getattr(each, name)
    return (None, None, None) if each.is_withheld or share.is_few else (share.count, share.of, share.percent)


def _text(number: Decimal | int | None) -> str:
    return "" if number is None else str(number)
