"""Material numbers in a question: 23-346m, in any case and spacing, alone or among words. Pure."""

import re
from typing import Final

from portico.domains.library import rules

_LEAST_DIGITS: Final = 3
_MOST_PARTS: Final = 4
_ABOUT: Final = frozenset("letter update material number no nr document doc bulletin form notice the".split())
_PART: Final = re.compile(r"[^\s\-–—−‐‑./#]+")


def alone(text: str) -> str:
    """The key of the number that the text is, perhaps with what it is called; "" where it is more or none."""
    parts = [part for part in _PART.findall(text) if part.casefold().strip(":,") not in _ABOUT]
    key = rules.material_key("".join(parts))
    is_number = is_like(key) and len(parts) <= _MOST_PARTS and not any(map(_is_word, parts))
    return key if is_number else ""


def within(text: str) -> tuple[str, ...]:
    """The keys of everything in the text that could be a number, the longest first."""
    parts = _PART.findall(text)
    keys = {
        rules.material_key("".join(parts[start:end]))
        for start in range(len(parts))
        for end in range(start + 1, min(start + _MOST_PARTS, len(parts)) + 1)
    }
    return tuple(sorted(filter(is_like, keys), key=lambda key: (-len(key), key)))


def is_like(key: str) -> bool:
    """Could a material number have this key? It has some digits, and is not too long."""
    digits = sum(sign.isdigit() for sign in key)
    return digits >= _LEAST_DIGITS and digits * 2 >= len(key) and len(key) <= rules.MOST_MATERIAL_NUMBER


def _is_word(part: str) -> bool:
    return len(part) > 3 and part.isalpha()
