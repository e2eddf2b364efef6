"""XML of strangers: no document type, no entity, nothing fetched, bounded in depth and in number.

UTF-8, US-ASCII and ISO-8859-1 are read, whichever of the Content-Type and the XML declaration says so; the
Content-Type is believed where they differ (RFC 7303).
"""

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from portico.edges.x12.connectivity.refusals import Fault, Refused

MOST_DEPTH = 12
MOST_ELEMENTS = 128
MOST_ATTRIBUTES = 16
MOST_NAMESPACES = 64
MOST_ASIDES = 64
_BLOCK = 64 * 1024  # what a tag or a comment may at most take, give or take a block
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "iso-8859-1",
    "latin-1": "iso-8859-1",
    "latin1": "iso-8859-1",
}
_UTF8_MARK = b"\xef\xbb\xbf"
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")


class TooMuch(Exception):
    """More depth, elements, attributes, comments or namespaces than an envelope has, or a longer tag."""


class _Bounded(TreeBuilder):
    """A tree that does not grow beyond what an envelope needs."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._count = 0
        self._namespaces = 0
        self._asides = 0

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self._depth += 1
        self._count += 1
        if self._depth > MOST_DEPTH or self._count > MOST_ELEMENTS or len(attrs) > MOST_ATTRIBUTES:
            raise TooMuch
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)

    def start_ns(self, prefix: str, uri: str, /) -> None:
        self._namespaces += 1
        if self._namespaces > MOST_NAMESPACES:
            raise TooMuch

    def comment(self, text: str | None, /) -> Any:
        self._aside()

    def pi(self, target: str, text: str | None = None, /) -> Any:
        self._aside()

    def _aside(self) -> None:
        """Comments and processing instructions stand in no value; each costs time, so few are read past."""
        self._asides += 1
        if self._asides > MOST_ASIDES:
            raise TooMuch


def parse(text: bytes, charset: str = "") -> Element:
    """The root element; `charset` is the Content-Type's. Raises Fault, and Refused (415) for an encoding."""
    parser = DefusedXMLParser(
        target=_Bounded(),
        encoding=_encoding(text, charset),
        forbid_dtd=True,
        forbid_entities=True,
        forbid_external=True,
    )
    try:
        _feed(parser, text)
        root: Element = parser.close()
    except DefusedXmlException:
        raise Fault("The message declares a document type or entities. Send it without.") from None
    except TooMuch:
        raise Fault("The message is nested deeper, or holds more, than an envelope does.") from None
    except (ParseError, ValueError):
        raise Fault("The message is no well-formed XML.") from None
    return root


def _feed(parser: DefusedXMLParser, text: bytes) -> None:
    """Feeds block by block: a tag is held back whole until it ends, with each of its attributes.

    Text is handed on as it comes, however long it is. Raises TooMuch, ParseError, DefusedXmlException.
    """
    for begin in range(0, len(text), _BLOCK):
        block = text[begin : begin + _BLOCK]
        parser.feed(block)
        if begin + len(block) - parser.parser.CurrentByteIndex > _BLOCK:
            raise TooMuch


def _encoding(text: bytes, charset: str) -> str:
    if text.startswith(_UTF8_MARK):
        return "utf-8"
    declared = _DECLARED.match(text)
    named = charset.lower() or (declared.group(1).decode().lower() if declared else "utf-8")
    if named not in _ENCODINGS or b"\0" in text[:4] or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(415, "XML is read in UTF-8 or ISO-8859-1. Send it in one of them.")
    return _ENCODINGS[named]
