"""The text of a document taken apart: its headings, its words, and where its links lead.

Texts are CommonMark with tables and strike-through; HTML in them is text. The title is the page's first
heading, so headings in a text start at the second level, whichever its writer started with.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_OUTSIDE = frozenset({"https", "http", "mailto", "tel"})
_DEEPEST = 6
_MOST_ID = 60


class Lead(StrEnum):
    """What a link leads to."""

    DOCUMENT = "document"
    ATTACHMENT = "attachment"
    HEADING = "heading"
    PAGE = "page"
    OUTSIDE = "outside"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link or an image leads: a document's key, a file's name, a path of the portal, an address.

    `fragment` names a heading. `says` is what its reader sees or hears.
    """

    lead: Lead
    target: str
    fragment: str = ""
    says: str = ""
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at level 2 to 6, and the id it has on the page."""

    level: int
    says: str
    id: str


def parsed(body: str) -> list[Token]:
    """The tokens of a text: headings have their levels and ids."""
    tokens = _parser().parse(body)
    opened = [
        (token, tokens[place + 1]) for place, token in enumerate(tokens) if token.type == "heading_open"
    ]
    lower = int(any(token.tag == "h1" for token, _ in opened))
    taken: dict[str, int] = {}
    for token, inline in opened:
        token.tag = f"h{min(int(token.tag[1]) + lower, _DEEPEST)}"
        token.attrSet("id", _free_id(said(inline), taken))
    for token in tokens:
        if token.type == "heading_close":
            token.tag = f"h{min(int(token.tag[1]) + lower, _DEEPEST)}"
    return tokens


def headings(body: str) -> tuple[Heading, ...]:
    """The headings of a text in order, for its contents."""
    tokens = parsed(body)
    return tuple(
        Heading(int(token.tag[1]), said(tokens[place + 1]), str(token.attrGet("id")))
        for place, token in enumerate(tokens)
        if token.type == "heading_open"
    )


def words(body: str) -> str:
    """What a reader reads, without its marks: a line for each heading, paragraph, item and cell."""
    return "\n".join(filter(None, map(_plain, _parser().parse(body))))


def links(body: str) -> tuple[Link, ...]:
    """Every link and image of a text, in order."""
    return tuple(found for token in _parser().parse(body) for found in _links_in(token))


def targets(body: str, lead: Lead) -> frozenset[str]:
    """What a text leads to in this way, in words one can follow: keys of documents, or names of files."""
    return frozenset(link.target for link in links(body) if link.lead is lead and link.says)


def link_to(address: str) -> Link:
    """What an address in a text leads to.

    `library:key#heading` a document, `attachment:name` or a bare name a file of the same version, `#heading`
    a heading of the same text, `/path/` a page of the portal. Nowhere: what the library does not let through.
    """
    scheme = _SCHEME.match(address)
    if scheme:
        return _with_scheme(scheme[1].lower(), address)
    if address.startswith("#"):
        return Link(Lead.HEADING, "", fragment=_id(unquote(address[1:])))
    if address.startswith("/"):
        is_ours = not address.startswith("//") and "\\" not in unquote(address)
        return Link(Lead.PAGE if is_ours else Lead.NOWHERE, address)
    name = unquote(address)
    return Link(Lead.ATTACHMENT if _is_name(name) else Lead.NOWHERE, name)


def said(token: Token) -> str:
    """What the inline marks of a token say."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(said(child))
    return " ".join("".join(parts).split())


def options() -> OptionsDict:
    """How texts are read, as a renderer wants to know it."""
    return _parser().options


def _with_scheme(scheme: str, address: str) -> Link:
    rest = address[len(scheme) + 1 :]
    if scheme == "library":
        key, _, fragment = rest.partition("#")
        return Link(Lead.DOCUMENT, unquote(key), fragment=_id(unquote(fragment)) if fragment else "")
    if scheme == "attachment":
        name = unquote(rest)
        return Link(Lead.ATTACHMENT if _is_name(name) else Lead.NOWHERE, name)
    return Link(Lead.OUTSIDE if scheme in _OUTSIDE else Lead.NOWHERE, address)


def _is_name(name: str) -> bool:
    return bool(name) and name.isprintable() and not set(name) & set("/\\?#")


def _links_in(token: Token) -> Iterator[Link]:
    children = token.children or []
    for place, child in enumerate(children):
        if child.type == "image":
            yield _told(child, "src", said(child), is_image=True)
        elif child.type == "link_open":
            yield _told(child, "href", _said_until_close(children[place + 1 :]), is_image=False)


def _told(token: Token, attribute: str, says: str, *, is_image: bool) -> Link:
    link = link_to(str(token.attrGet(attribute) or ""))
    return Link(link.lead, link.target, link.fragment, says, is_image)


def _said_until_close(children: list[Token]) -> str:
    closes = next(place for place, child in enumerate(children) if child.type == "link_close")
    return said(Token("inline", "", 0, children=children[:closes]))


def _plain(token: Token) -> str:
    if token.type == "inline":
        return said(token)
    return " ".join(token.content.split()) if token.type in ("fence", "code_block") else ""


def _free_id(says: str, taken: dict[str, int]) -> str:
    """`taken`: each id that is, and up to which number further ones of it are."""
    wanted = free = _id(says)
    count = taken.get(wanted, 1)
    while free in taken:
        count += 1
        free = f"{wanted}-{count}"
    taken[wanted], taken[free] = count, 1
    return free


def _id(says: str) -> str:
    """`s-` keeps the ids of a text apart from those of the page around it."""
    plain = unicodedata.normalize("NFKD", says).encode("ascii", "ignore").decode().lower()
    return f"s-{_NOT_IN_NAMES.sub('-', plain).strip('-')[:_MOST_ID] or 'part'}"


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
