"""The dictionary in front of a PDF stream (ISO 32000, 7.3), found from its end, so that none is overlooked.

    2 0 obj            at the beginning of a line, or right after an `endobj` there
    << /Type /ObjStm /N 3 /First 18 /Filter /FlateDecode /Length 99 >>
    stream

Whatever begins inside a string or a comment of the true dictionary cannot be read to its end: a parenthesis
is left over, or a backslash or a comment stands where none may. A dictionary that needs one of these itself
is not read, and neither is one of more than 16 KB.
"""

import re
from collections.abc import Mapping
from typing import Final

LONGEST: Final = 16 * 1024
MOST_BEGINNINGS: Final = 3
_BLANK: Final = rb"\x00\t\n\x0c\r "
_PLAIN: Final = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%\\]"
_LINE: Final = re.compile(rb"[\x00\t\x0c ]*(endobj[\x00\t\x0c ]+)?\d+[\x00\t\x0c ]+\d+[\x00\t\x0c ]+obj")
_TOKEN: Final = re.compile(
    rb"[%s]*(?P<token><<|>>|\[|\]|/%s*|<[0-9A-Fa-f%s]*>|%s+|\()" % (_BLANK, _PLAIN, _BLANK, _PLAIN)
)
_IN_STRING: Final = re.compile(rb"[()]|\\[\x00-\xff]")
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_DEEPER: Final[Mapping[bytes, int]] = {b"<<": 1, b"[": 1, b">>": -1, b"]": -1}
_BLANKS: Final = bytes((0, 9, 10, 12, 13, 32))

Values = tuple[bytes, ...]


class Unreadable(ValueError):
    """There is a dictionary, and it cannot be read for certain."""


def before(content: bytes, at: int) -> Mapping[bytes, Values] | None:
    """The dictionary that ends before the word at `at`, by key, names without escapes; None: there is none.

    Raises Unreadable.
    """
    text = content[max(0, at - LONGEST) : at].rstrip(_BLANKS)
    if not text.endswith(b">>") and b"%" not in _last_line(text):
        return None
    end, left = len(text), MOST_BEGINNINGS
    while left and (end := text.rfind(b"obj", 0, end)) >= 0:
        if text[max(0, end - 3) : end] == b"end":
            continue
        left -= 1
        if _LINE.fullmatch(_last_line(text[: end + 3])):
            tokens = _tokens(text, end + 3)
            if tokens is not None:
                return _by_key(tokens)
    raise Unreadable


def plain(text: bytes) -> bytes:
    """The text with the escapes of its names resolved (#4A is J), once, as a viewer does."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), text)


def _last_line(text: bytes) -> bytes:
    return text[max(text.rfind(b"\n"), text.rfind(b"\r")) + 1 :]


def _tokens(text: bytes, at: int) -> Values | None:
    """The tokens from there to the end of the text, if they are one dictionary and nothing else."""
    found, depth = [], 0
    while at < len(text):
        read = _TOKEN.match(text, at)
        if read is None:
            return None
        token, at = read["token"], read.end()
        depth += _DEEPER.get(token, 0)
        if token == b"(":
            at = _end_of_string(text, at)
        found.append(token)
        if depth <= 0 and at < len(text):
            return None
    return tuple(found) if depth == 0 and found[:1] == [b"<<"] and found[-1:] == [b">>"] else None


def _end_of_string(text: bytes, at: int) -> int:
    """Behind its closing parenthesis; behind the text where it is not closed."""
    depth = 1
    while depth:
        found = _IN_STRING.search(text, at)
        if found is None:
            return len(text) + 1
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        at = found.end()
    return at


def _by_key(tokens: Values) -> dict[bytes, Values]:
    """The values of the outermost dictionary. Raises Unreadable where a key stands twice, or is no name."""
    found: dict[bytes, Values] = {}
    at, last = 1, len(tokens) - 1
    while at < last:
        key, ends = plain(tokens[at]), _end_of_value(tokens, at + 1)
        if not key.startswith(b"/") or key in found or ends > last:
            raise Unreadable
        found[key] = tuple(map(plain, tokens[at + 1 : ends]))
        at = ends
    return found


def _end_of_value(tokens: Values, at: int) -> int:
    """Behind the value that begins there: a reference (9 0 R), something in brackets, or one token."""
    if tokens[at + 2 : at + 3] == (b"R",):
        return at + 3
    depth = _DEEPER.get(tokens[at], 0)
    while depth > 0:
        at += 1
        depth += _DEEPER.get(tokens[at], 0)
    return at + 1
