"""An HTML file as a tree of what it shows; one in which anything acts is refused, as nobody meant it to.

What browsers forgive is forgiven: ends that are left out, case, unknown elements. What they would run or load
is a fault: scripts, handlers, frames, forms, addresses of scripts.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

MOST_DEEP: Final = 60
_ACTING: Final = frozenset(
    "script iframe frame frameset object embed applet form input button select textarea svg math base link "
    "video audio source template portal".split()
)
_VOID: Final = frozenset("area br col hr img meta wbr".split())
_UNSEEN: Final = frozenset({"style", "title"})
_SCRIPTS: Final = ("javascript:", "vbscript:", "data:")
_CLOSED_BY: Final = {
    **dict.fromkeys("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre div hr".split(), ("p",)),
    "li": ("li",),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
}
_KEEPS_IN: Final = frozenset("ul ol table body html blockquote div section article td th".split())


@dataclass(slots=True)
class Node:
    """An element with its attributes, and what is in it: texts and elements."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    within: list["Node | str"] = field(default_factory=list)

    def text(self) -> str:
        """Every text in it, in order."""
        return "".join(each if isinstance(each, str) else each.text() for each in self.within)


class Acts(ValueError):
    """Something in the file acts, is nested too deep to be looked into, or has no end; `code` says which."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.about = about


@dataclass(frozen=True, slots=True)
class Page:
    """A file: what it shows, its title, and its meta tags by name."""

    shown: Node
    title: str
    meta: dict[str, str]


def read(text: str) -> Page:
    """The page. Raises Acts.

    A mark without an end, with which nothing behind it can be told apart, is refused: looking for its end
    again and again would take for ever.
    """
    reading = _Reading()
    try:
        reading.feed(text)
    except AssertionError:  # a section of a kind that nobody knows
        raise Acts("html_unfinished") from None
    if reading.rawdata.startswith("<"):
        raise Acts("html_unfinished")
    reading.close()
    return Page(reading.top, " ".join(reading.title.split()), reading.meta)


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Node("body")
        self.title = ""
        self.meta: dict[str, str] = {}
        self._open = [self.top]
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        _check(tag, attributes)
        if tag == "meta":
            self.meta.setdefault(attributes.get("name", ""), attributes.get("content", ""))
        if tag in _UNSEEN:
            self._unseen = tag
        if tag in ("html", "head", "body", "meta", *_UNSEEN):
            return
        self._close_what_ends(tag)
        node = Node(tag, attributes)
        self._open[-1].within.append(node)
        if tag in _VOID:
            return
        if len(self._open) >= MOST_DEEP:
            raise Acts("html_too_deep")
        self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        at = max((place for place, node in enumerate(self._open) if place and node.tag == tag), default=0)
        if at:
            del self._open[at:]

    def handle_data(self, data: str) -> None:
        if self._unseen == "title":
            self.title += data
        elif not self._unseen:
            self._open[-1].within.append(data)

    def _close_what_ends(self, tag: str) -> None:
        ends = _CLOSED_BY.get(tag, ())
        while len(self._open) > 1 and self._open[-1].tag in ends:
            self._open.pop()
        if tag == "tr" or not ends:
            return
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag in ends:
                del self._open[place:]
                return
            if self._open[place].tag in _KEEPS_IN:
                return


def _check(tag: str, attributes: dict[str, str]) -> None:
    """Raises Acts."""
    if tag in _ACTING or (tag == "meta" and "http-equiv" in attributes and _turns(attributes)):
        raise Acts("html_acts", tag)
    for name, value in attributes.items():
        plain = "".join(value.split()).replace("\0", "").lower()
        if name.startswith("on") or name == "srcdoc" or plain.startswith(_SCRIPTS):
            raise Acts("html_acts", name)


def _turns(attributes: dict[str, str]) -> bool:
    return attributes["http-equiv"].strip().lower() in ("refresh", "set-cookie")
