"""`{% load portico %}`: icons, the meter's bar, and how days, instants and money read on a page."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django import template
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portico.edges.web import charts, zones
from portico.shared import identifiers

LONG_FACT: Final = 60
"""Letters from which a fact has a line of its own on a phone."""
register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of `assets/icons.json`; with a label it speaks, without one it is decoration."""
    sprite = static("portico/icons.svg")
    if label:
        return format_html(
            '<svg class="pt-icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            sprite,
            name,
        )
    return format_html(
        '<svg class="pt-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


@register.filter
def asks_for_something(form: BaseForm) -> bool:
    """Has the form a field that may not be left empty?"""
    return any(field.field.required and not field.is_hidden for field in form)


@register.simple_tag
def fact(label: str, value: str) -> str:
    """Draw a fact of words alone as `<c-fact>` draws one of markup; nothing at all without a value."""
    if not value:
        return ""
    roomy = " pt-fact--roomy" if len(value) > LONG_FACT else ""
    return format_html('<div class="pt-fact{}"><dt>{}</dt><dd>{}</dd></div>', roomy, label, value)


@register.simple_tag
def meter_bar(used: Decimal | int, total: Decimal | int) -> SafeString:
    """Draw the bar of `charts.meter_bar`."""
    return charts.meter_bar(used, total)


@register.simple_tag
def column(value: Decimal | int, most: Decimal | int, part: Decimal | int = 0) -> SafeString:
    """Draw the column of `charts.column`."""
    return charts.column(value, most, part)


@register.simple_tag
def share_of(used: Decimal | int, total: Decimal | int) -> charts.Share:
    """Answer the `Share` of two amounts, for words beside a bar."""
    return charts.Share(Decimal(used), Decimal(total))


@register.filter
def money(amount: Decimal | int) -> str:
    """Write dollars: `$1,500.00`; a negative amount carries its sign before the dollar."""
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount):,.2f}"


@register.filter
def amount(value: Decimal | int, unit: str) -> str:
    """Write a quantity in its unit: dollars as `$1,500` (cents only if any), else a number and a word."""
    if unit in {"", "dollars"}:
        return money(value).removesuffix(".00")
    plain = format(Decimal(value).normalize(), "f")
    return f"{plain} {unit.removesuffix('s') if plain == '1' else unit}"


@register.filter
def tax_id(number: str) -> str:
    """Write a tax ID as people do: `12-3456789`."""
    return identifiers.format_tax_id(number)


@register.filter
def telephone(number: str) -> str:
    """Write ten digits as `(530) 555-0193`, eleven that begin with 1 as `1-800-555-0142`; others stay."""
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) == 10:
        return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    if len(digits) == 11 and digits.startswith("1"):
        return f"1-{digits[1:4]}-{digits[4:7]}-{digits[7:]}"
    return number


@register.filter
def count(value: int | str) -> str:
    """Write a number with its thousands apart: `24,000`; a text stays as it is."""
    return f"{value:,}" if isinstance(value, int) else value


@register.filter
def spoken(code: str) -> str:
    """Write a stable code as words: `no_other_coverage` as `No other coverage`."""
    words = code.replace("_", " ")
    return words[:1].upper() + words[1:]


@register.filter
def under(cells: Sequence[str], columns: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Pair each cell with the head it stands under; the first column holds the row's own head."""
    return zip(columns[1:], cells, strict=True)


@register.filter
def day(value: date | None) -> str:
    """Write a day as `03/12/2026`, wrapped for machines; nothing at all when there is none."""
    if value is None:
        return ""
    return _time(value, f"{value:%m/%d/%Y}")


@register.filter
def instant(value: datetime | None) -> str:
    """Write an instant in its reader's time zone, or the plan's, as `Nov 21, 2026, 2:05 PM PST`."""
    if value is None:
        return ""
    local = value.astimezone(zones.shown())
    clock = f"{local:%I:%M %p}".lstrip("0")
    return _time(value, f"{local:%b} {local.day}, {local.year}, {clock} {local:%Z}")


def _time(value: date, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)
