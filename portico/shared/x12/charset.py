"""Which characters a value may hold, and how the bytes of a segment become text.

X12 allows its extended character set: printable characters, upper and lower case, of any language the
partners agree on. Here that is any printable UTF-8 text. A segment whose bytes are not UTF-8 is read as
Latin-1, which a file in either encoding, or in both, survives: real Latin-1 text is not valid UTF-8 by
accident. Each segment is judged alone, so the answer does not depend on how the file was read.

Refused: control characters (below 0x20, DEL, 0x80 to 0x9F), save those the ISA made delimiters and line
ends after a terminator; and characters that make a value read differently from what it is (line and
paragraph separators, direction overrides, byte order marks).
"""

import re

CONTROLS = bytes(range(0x20)) + b"\x7f"
LINE_ENDS = b"\r\n"
_REPLACEMENT = "\ufffd"
_HIDDEN = "\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
_LEADS_TO_HIDDEN = sorted({character.encode()[0] for character in "\x80\u2028\ufeff"})
_BEYOND_ASCII = re.compile(f"[{_HIDDEN}]")
_ANY = re.compile(f"[\x00-\x1f\x7f{_HIDDEN}]")


def decode(raw: bytes) -> str:
    """Answers the text of one segment: UTF-8 where its bytes are that, else Latin-1."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def split(raw: bytes, terminator: str) -> list[str] | None:
    """Answers the texts between terminators of bytes free of ASCII control characters.

    None where one holds another refused character.
    """
    if raw.isascii():
        return raw.decode("ascii").split(terminator)
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        pieces = _split_mixed(raw, terminator)
        text = "".join(pieces)
        refused = not text.isprintable() and _BEYOND_ASCII.search(text)
    else:
        pieces = text.split(terminator)
        refused = any(byte in raw for byte in _LEADS_TO_HIDDEN) and _BEYOND_ASCII.search(text)
    return None if refused else pieces


def _split_mixed(raw: bytes, terminator: str) -> list[str]:
    """Answers what `decode` would for each segment, without an exception for each that is Latin-1."""
    utf8 = raw.decode(errors="replace").split(terminator)
    latin1 = raw.decode("latin-1").split(terminator)
    return [
        other if _REPLACEMENT in text and text.encode() != other.encode("latin-1") else text
        for text, other in zip(utf8, latin1, strict=True)
    ]


def refused_at(text: str, allowed: str = "") -> int:
    """Answers the place of the first refused character that is not in `allowed`, or -1."""
    for found in _ANY.finditer(text):
        if found.group() not in allowed:
            return found.start()
    return -1


def blanked(text: str) -> str:
    """Answers the text with every refused character turned into a space."""
    return _ANY.sub(" ", text)
