"""What decides in the directory: codes of accessibility, names of languages, keys, distances. Pure."""

import math
import re
from collections.abc import Iterable
from typing import Final

from portico.shared import names

ACCESSIBILITY: Final = ("entrance", "parking", "exam_room", "restroom", "equipment", "communication")
"""What a place has for people with a disability; the codes of the provider file, in the order of pages."""

LANGUAGES: Final = {
    "ar": "Arabic",
    "ase": "American Sign Language",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Farsi",
    "fr": "French",
    "hi": "Hindi",
    "hmn": "Hmong",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "km": "Khmer",
    "ko": "Korean",
    "lo": "Lao",
    "nl": "Dutch",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "th": "Thai",
    "tl": "Tagalog",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""Names of languages by their codes (ISO 639); the provider file gives either."""

EVERYBODY_SPEAKS: Final = "English"
EARTH_MILES: Final = 3958.8
MILES_A_DEGREE: Final = EARTH_MILES * math.pi / 180
_ZIP: Final = re.compile(r"(?<![0-9])([0-9]{5})(?:-[0-9]{4})?(?![0-9])")


def languages(sent: Iterable[str]) -> tuple[str, ...]:
    """The languages beside English that the provider file names, by name, each once, in order of letters."""
    named = {LANGUAGES.get(each.lower(), each[:40]) for each in sent if each}
    return tuple(sorted(named - {EVERYBODY_SPEAKS}))


def name_key(last_name: str, first_name: str) -> str:
    """How a provider's name is kept for the search: the last name, a space, the first name."""
    return f"{names.key(last_name)} {names.key(first_name)}".strip()[:200]


def zip_code(text: str) -> str:
    """The ZIP code in what was typed, of several the last, as in an address; empty where there is none."""
    found = _ZIP.findall(text)
    return str(found[-1]) if found else ""


def miles(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The distance between two positions in degrees, in miles over the sphere."""
    (lat, lon), (to_lat, to_lon) = ((math.radians(a), math.radians(b)) for a, b in (here, there))
    half = math.sin((to_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_MILES * math.asin(min(1.0, math.sqrt(half)))
