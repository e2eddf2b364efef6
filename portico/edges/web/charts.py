"""Pictures drawn on the server as inline SVG; every picture stands beside the words that say the same."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a total is used; `percent` runs from 0 to 100 with one decimal."""

    used: Decimal
    total: Decimal

    @property
    def percent(self) -> Decimal:
        """Answer the used share, held within 0 and 100; a total of nothing counts as wholly used."""
        if self.total <= 0:
            return _WHOLE
        share = self.used * _WHOLE / self.total
        held = min(max(share, Decimal(0)), _WHOLE)
        return held.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    @property
    def remaining(self) -> Decimal:
        """Answer what is left, never less than nothing."""
        return max(self.total - self.used, Decimal(0))

    @property
    def is_full(self) -> bool:
        """Say whether nothing is left."""
        return self.remaining == 0


def meter_bar(used: Decimal | int, total: Decimal | int) -> SafeString:
    """Draw a horizontal bar filled to the used share; hidden from assistive technology, the words say it."""
    share = Share(Decimal(used), Decimal(total))
    return format_html(
        '<svg class="pt-meter__bar" aria-hidden="true" focusable="false">'
        '<rect class="pt-meter__track" x="0.5" y="0.5" width="99.6%" height="9" rx="4.5"/>'
        '<rect class="pt-meter__fill" width="{}%" height="10" rx="5"/></svg>',
        share.percent,
    )


def column(value: Decimal | int, most: Decimal | int, part: Decimal | int = 0) -> SafeString:
    """Draw an upright column of a picture whose tallest is `most`, with a `part` set apart at its foot.

    Nothing below nothing is drawn. Hidden from assistive technology: the table beside it says the same.
    """
    height, foot = _height(value, most), _height(part, most)
    return format_html(
        '<svg class="pt-column" viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="pt-column__whole" width="10" y="{}" height="{}"/>'
        '<rect class="pt-column__part" width="10" y="{}" height="{}"/></svg>',
        _WHOLE - height,
        height,
        _WHOLE - foot,
        foot,
    )


def _height(value: Decimal | int, most: Decimal | int) -> Decimal:
    return Share(Decimal(value), Decimal(most)).percent if most > 0 else Decimal(0)
