"""The pages as a person reads them: facts by their labels, tables by their rows, costs by their words."""

import html
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from tests.agreement.heard import Limit, Money, Share

_TAGS = re.compile(r"(?s)<(svg|script|style).*?</\1>|<[^>]+>")
_FACT = re.compile(r"(?s)<dt>(.*?)</dt>\s*<dd>(.*?)</dd>")
_ROW = re.compile(r'(?s)<tr>\s*<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>')
_CELL = re.compile(r'(?s)<td data-label="([^"]*)"[^>]*>(.*?)</td>')
_METER = re.compile(r'(?s)<h3>(.*?)</h3>|pt-meter__label">(.*?)</span>(.*?)(?=pt-meter__label">|<h3>|$)')
_AMOUNTS = re.compile(r"\$([\d,.]+) used of \$([\d,.]+)")
_LIMIT = re.compile(
    r"(?:\$([\d,.]+)|([\d,.]+) (\w+)) (a year|in a lifetime|an admission)"
    r"(?:, \$?([\d,.]+)(?: \w+)? remaining)?"
)
_PERIODS = {"a year": "year", "in a lifetime": "lifetime", "an admission": "admission"}
_NETWORKS = {"In network": "in", "Out of network": "out"}
_KINDS = {"deductible": "deductible", "out-of-pocket maximum": "oop_max"}


def words(markup: str) -> str:
    """What one reads of a piece of a page."""
    return " ".join(html.unescape(_TAGS.sub(" ", markup)).split())


def facts(page: str) -> dict[str, str]:
    """Labels and what stands beside them; of a label that comes twice, the first."""
    found: dict[str, str] = {}
    for label, said in _FACT.findall(page):
        found.setdefault(words(label), words(said))
    return found


def day(text: str) -> date:
    """A day as pages write it."""
    return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 - a day has no time zone


def period(text: str) -> tuple[date, date | None]:
    """A period as pages write it."""
    first, _, last = text.removeprefix("Since ").partition(" to ")
    return day(first), day(last) if last else None


def panel(page: str, name: str) -> str:
    """The part of a page under the heading with that anchor, up to the next panel."""
    _, _, after = page.partition(f'id="{name}"')
    return re.split(r'<section class="pt-panel', after)[0]


def money(page: str) -> Money:
    """Every amount the page tells, costs by the service's name."""
    shares: dict[tuple[str, str], Share] = {}
    limits = {}
    for service, cells in _ROW.findall(panel(page, "benefits")):
        told = {label: words(cell) for label, cell in _CELL.findall(cells)}
        name = words(re.sub(r'(?s)<span class="pt-note">.*?</span>', "", service))
        shares[name, "in"] = _share(told["In network"])
        shares[name, "out"] = _share(told["Out of network"])
        if limit := _LIMIT.search(told["Limit"]):
            dollars, quantity, unit, each, left = limit.groups()
            rest = number(left) if left else None
            limits[name] = Limit(number(dollars or quantity), unit or "dollars", _PERIODS[each], rest)
    return Money(shares, dict(_meters(panel(page, "accumulators"))), limits)


def number(text: str) -> Decimal:
    """An amount without its signs."""
    return Decimal(text.replace(",", "").replace("$", ""))


def _share(text: str) -> Share:
    if text == "Not covered":
        return Share(is_covered=False)
    copay, percent = re.search(r"\$([\d,.]+) copay", text), re.search(r"([\d.]+)%", text)
    assert copay or percent or text.startswith("No charge"), text
    return Share(
        is_covered=True,
        copay=number(copay[1]) if copay else Decimal(0),
        coinsurance=Decimal(percent[1]) if percent else Decimal(0),
        after_deductible=text.endswith("after deductible"),
    )


def _meters(part: str) -> Iterator[tuple[tuple[str, str, str], tuple[Decimal, Decimal]]]:
    """Total and what remains of each meter, under the heading of its network."""
    network = ""
    for heading, label, said in _METER.findall(part):
        network = _NETWORKS[words(heading)] if heading else network
        amounts = _AMOUNTS.search(words(said))
        if amounts:
            used, total = map(number, amounts.groups())
            scope, _, kind = words(label).partition(" ")
            yield (_KINDS[kind], scope.lower(), network), (total, max(total - used, Decimal(0)))
