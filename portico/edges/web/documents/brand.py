"""How the plan shows itself on paper: its name, how to reach it, and its one accent colour."""

import re
from dataclasses import dataclass

DEFAULT_ACCENT = "#1b2f4f"

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# WCAG 2.2 AA for text of ordinary size.
_LEAST_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Brand:
    """The plan's name, its provider services' telephone, and a colour (`#rrggbb`) dark enough for white text.

    A colour that is none, or too light for white text (contrast below 4.5), raises `ValueError`.
    """

    plan_name: str
    telephone: str
    accent: str = DEFAULT_ACCENT

    def __post_init__(self) -> None:
        """Refuses an accent that would print unreadable headings."""
        if not _COLOUR.fullmatch(self.accent):
            raise ValueError("the accent colour must be written as #rrggbb")
        if contrast_with_white(self.accent) < _LEAST_CONTRAST:
            raise ValueError(f"the accent colour {self.accent} is too light for white text")

    def printed(self) -> dict[str, object]:
        """Answers what the templates read as `data.brand`."""
        return {"plan_name": self.plan_name, "telephone": self.telephone, "accent": self.accent}


def contrast_with_white(colour: str) -> float:
    """Answers the contrast ratio of `#rrggbb` with white, 1 to 21 (WCAG 2.2, relative luminance)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
