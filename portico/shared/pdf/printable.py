"""Makes text fit to print: nothing that hides or reorders letters, nothing the fonts at hand cannot draw."""

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Control characters and line separators would break a line or stop the renderer.
_SPACED = frozenset({"Cc", "Zl", "Zp"})
# Accents, vowel signs and joiners belong to the letter before them.
_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})
_JOINER = "\N{ZERO WIDTH JOINER}"
# Letters that stand alone, left to right: Latin, Greek, Cyrillic, Armenian, punctuation, currencies.
_PLAIN = ((0x20, 0x7E), (0xA0, 0x2FF), (0x370, 0x58F), (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x20A0, 0x20BF))
# Lone surrogates and unassigned code points are no text.
_DROPPED = frozenset({"Cs", "Cn"})
# These change the order in which a reader sees letters, so that one name could be made to look like another.
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Answers the text composed (NFC), with control characters as spaces and reordering marks left out.

    Private-use characters mean nothing outside one font: each becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_kept, unicodedata.normalize("NFC", text)))


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category in _DROPPED or character in _REORDERING:
        return ""
    if category == "Co":
        return REPLACEMENT
    return " " if category in _SPACED else character


def each_text(value: object, change: Callable[[str], str]) -> object:
    """Answers the same JSON-shaped value with every text in it changed; keys are names and stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: each_text(inner, change) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [each_text(inner, change) for inner in value]
    return value


def clusters(text: str) -> list[str]:
    """Answers the text cut into letters with the marks that sit on them; joined again it is the text."""
    found: list[str] = []
    for character in text:
        if found and (_joins(character) or found[-1].endswith(_JOINER)):
            found[-1] += character
        else:
            found.append(character)
    return found


def _joins(character: str) -> bool:
    return character > "\x7f" and unicodedata.category(character) in _MARKS


def beyond_ascii(value: object) -> set[str]:
    """Answers every cluster that is more than one ASCII character, in all texts of a JSON-shaped value."""
    found: set[str] = set()

    def look(text: str) -> str:
        if not text.isascii():
            found.update(cluster for cluster in clusters(text) if not cluster.isascii())
        return text

    each_text(value, look)
    return found


def replaced(text: str, unwanted: Collection[str]) -> str:
    """Answers the text with U+FFFD for each cluster that is among the unwanted."""
    if text.isascii():
        return text
    return "".join(REPLACEMENT if cluster in unwanted else cluster for cluster in clusters(text))


def plain(text: str) -> str:
    """Answers the text with U+FFFD for each letter that needs marks, joins, or runs from right to left."""
    return "".join(letters if _is_plain(letters) else REPLACEMENT for letters in clusters(text))


def _is_plain(letters: str) -> bool:
    return len(letters) == 1 and any(first <= ord(letters) <= last for first, last in _PLAIN)
