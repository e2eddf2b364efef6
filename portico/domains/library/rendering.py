"""A document's text as HTML that is safe on any page of the portal.

Every heading has an id, so that it can be linked to; every table scrolls by itself, is named and has headers;
images are the version's own. Links lead into the library, the portal or out of it; where the target is not
there, what the link says remains as text. What is left then passes one more sieve, which knows only these
elements and attributes.
"""

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from portico.domains.library import marking
from portico.domains.library.marking import Lead, Link
from portico.domains.library.marking import headings as headings
from portico.domains.library.marking import links as links
from portico.domains.library.marking import words as words

_TAGS: Final = frozenset(
    "a blockquote br code del div em h2 h3 h4 h5 h6 hr img li ol p pre span strong table tbody td th thead tr"
    " ul s".split()
)
_ATTRIBUTES: Final = {
    "a": {"href", "rel", "class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "img": {"src", "alt", "loading"},
    "ol": {"start"},
    "span": {"class"},
    "table": {"class"},
    "td": {"class"},
    "th": {"class", "scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_ALIGNED: Final = {"text-align:right": "pt-numeric"}
_MOST_NAMED: Final = 120

Address = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things are: a document by its key, a file of this version by its name, a page by its path.

    Each answers None for what is not there, or not there for whoever reads.
    """

    document: Address
    attachment: Address
    page: Address


def html(body: str, addresses: Addresses) -> str:
    """The text as HTML, safe to show as it is."""
    tokens = marking.parsed(body)
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            token.meta["name"] = _name_of_table(tokens[place + 1 :])
        elif token.children:
            token.children = _led(token.children, addresses)
    return nh3.clean(
        _RENDERER.render(tokens, _OPTIONS, {}),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        link_rel=None,
        url_schemes={"https", "http", "mailto", "tel"},
    )


def _led(children: Sequence[Token], addresses: Addresses) -> list[Token]:
    """The inline tokens with real addresses; a link that leads nowhere loses its marks, an image its file."""
    led: list[Token] = []
    is_lost = False
    for token in children:
        if token.type == "link_open":
            address = _address(marking.link_to(str(token.attrGet("href") or "")), addresses)
            is_lost = address is None
            token.attrs = _link_attributes(address or "")
        if token.type == "image":
            link = marking.link_to(str(token.attrGet("src") or ""))
            source = addresses.attachment(link.target) if link.lead is Lead.ATTACHMENT else None
            token.attrs = {"src": source or "", "alt": marking.said(token), "loading": "lazy"}
        if not (is_lost and token.type in ("link_open", "link_close")):
            led.append(token)
        is_lost = is_lost and token.type != "link_close"
    return led


def _address(link: Link, addresses: Addresses) -> str | None:
    if link.lead is Lead.HEADING:
        return f"#{link.fragment}"
    if link.lead is Lead.OUTSIDE:
        return link.target
    if link.lead is Lead.PAGE:
        return addresses.page(link.target)
    if link.lead is Lead.ATTACHMENT:
        return addresses.attachment(link.target)
    if link.lead is Lead.DOCUMENT and (found := addresses.document(link.target)):
        return f"{found}#{link.fragment}" if link.fragment else found
    return None


def _link_attributes(address: str) -> dict[str, str | int | float]:
    if address.startswith(("http:", "https:")):
        return {"href": address, "rel": "noopener noreferrer", "class": "usa-link usa-link--external"}
    return {"href": address, "class": "usa-link"}


def _name_of_table(tokens: Sequence[Token]) -> str:
    """What a table is called by those who hear it: its headers."""
    ends = next(place for place, token in enumerate(tokens) if token.type == "thead_close")
    named = [marking.said(token) for token in tokens[:ends] if token.type == "inline"]
    return ", ".join(filter(None, named))[:_MOST_NAMED] or "Table"


class _Renderer(RendererHTML):
    """Tables that scroll and have headers, images only where the file is there."""

    def table_open(self, tokens: Sequence[Token], place: int, *_: Any) -> str:
        name = escape(tokens[place].meta["name"])
        return (
            f'<div class="pt-table-scroll" role="region" tabindex="0" aria-label="{name}">'
            '<table class="usa-table">'
        )

    def table_close(self, *_: Any) -> str:
        return "</table></div>"

    def th_open(self, tokens: Sequence[Token], place: int, *_: Any) -> str:
        if not tokens[place + 1].content.strip():
            return "<td>"
        return f'<th scope="col"{_aligned(tokens[place])}>'

    def th_close(self, tokens: Sequence[Token], place: int, *_: Any) -> str:
        return "</th>" if tokens[place - 1].content.strip() else "</td>"

    def td_open(self, tokens: Sequence[Token], place: int, *_: Any) -> str:
        return f"<td{_aligned(tokens[place])}>"

    def image(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,
        env: MutableMapping[str, Any],
    ) -> str:
        token = tokens[idx]
        says = escape(str(token.attrs["alt"]))
        if not token.attrs["src"]:
            return f'<span class="pt-note">{says}</span>'
        return f'<img src="{escape(str(token.attrs["src"]))}" alt="{says}" loading="lazy">'


def _aligned(token: Token) -> str:
    found = _ALIGNED.get(str(token.attrGet("style") or ""))
    return f' class="{found}"' if found else ""


_RENDERER: Final = _Renderer()
_OPTIONS: Final = marking.options()
