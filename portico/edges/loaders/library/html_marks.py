"""An HTML file as the Markdown the library keeps: headings, lists, tables, links, pictures; nothing of its
looks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from portico.domains.library.wording import Fault
from portico.edges.loaders.library import front_matter, html_tree
from portico.edges.loaders.library.html_tree import Acts, Node

_MARKS: Final = re.compile(r"([\\`*_\[\]<>~#|&!])")
_BEGINS_LIST: Final = re.compile(r"^(?:(\d{1,9})([.)])|([-+=]))")
_BLOCKS: Final = frozenset(
    "p div section article main header footer aside nav ul ol li table thead tbody tfoot tr blockquote pre "
    "hr h1 h2 h3 h4 h5 h6 dl dt dd figure figcaption address center".split()
)
_STRONG, _STRESSED = ("strong", "b"), ("em", "i")


@dataclass(frozen=True, slots=True)
class Read:
    """What an HTML file says of itself in its meta tags and title, its text, and what is wrong with it."""

    values: dict[str, str] = field(default_factory=dict)
    body: str = ""
    faults: tuple[Fault, ...] = ()


def read(text: str) -> Read:
    """The file; a fault where something in it acts."""
    try:
        page = html_tree.read(text)
    except Acts as error:
        return Read(faults=((error.code, error.about),))
    values = {name: said for name, said in page.meta.items() if name in front_matter.NAMES}
    if page.title:
        values.setdefault("title", page.title)
    return Read(values, "\n\n".join(_blocks(page.shown)).strip())


def _blocks(node: Node) -> Iterator[str]:
    """The blocks in an element; texts between them are paragraphs."""
    run: list[Node | str] = []
    for each in node.within:
        if isinstance(each, Node) and each.tag in _BLOCKS:
            yield from _paragraph(run)
            run = []
            yield from _block(each)
        else:
            run.append(each)
    yield from _paragraph(run)


def _paragraph(run: list[Node | str]) -> Iterator[str]:
    said = "\n".join(_begun(line.strip()) for line in _inline(run).split("\n")).strip()
    if said:
        yield said


def _block(node: Node) -> Iterator[str]:
    if re.fullmatch(r"h[1-6]", node.tag):
        said = " ".join(_inline(node.within).split())
        if said:
            yield f"{'#' * int(node.tag[1])} {said}"
    elif node.tag in ("ul", "ol"):
        yield from _list(node)
    elif node.tag == "table":
        yield from _table(node)
    elif node.tag == "blockquote":
        yield _behind("\n\n".join(_blocks(node)), "> ", "> ")
    elif node.tag == "pre":
        yield _behind(node.text().strip("\n"), "    ", "    ")
    elif node.tag == "hr":
        yield "---"
    else:
        yield from _blocks(node)


def _list(node: Node) -> Iterator[str]:
    items = [each for each in node.within if isinstance(each, Node)]
    said = []
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if node.tag == "ol" else "- "
        said.append(_behind("\n\n".join(_blocks(item)), mark, " " * len(mark)))
    if said:
        yield "\n".join(said)


def _table(node: Node) -> Iterator[str]:
    """A table with its first row as headers; cells are one line each."""
    rows = [[_cell(cell) for cell in _cells(row)] for row in _rows(node)]
    rows = [row for row in rows if row]
    if not rows:
        return
    wide = max(map(len, rows))
    lines = [f"| {' | '.join([*row, *[''] * (wide - len(row))])} |" for row in rows]
    yield "\n".join([lines[0], f"|{' --- |' * wide}", *lines[1:]])


def _rows(node: Node) -> Iterator[Node]:
    for each in node.within:
        if isinstance(each, Node) and each.tag == "tr":
            yield each
        elif isinstance(each, Node) and each.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(each)


def _cells(row: Node) -> list[Node]:
    return [each for each in row.within if isinstance(each, Node) and each.tag in ("td", "th")]


def _cell(cell: Node) -> str:
    return " ".join(_inline(cell.within).replace("\\\n", " ").split())


def _inline(within: list[Node | str]) -> str:
    return "".join(_escaped(each) if isinstance(each, str) else _marked(each) for each in within)


def _marked(node: Node) -> str:
    if node.tag == "br":
        return "\\\n"
    if node.tag == "img":
        return f"![{_escaped(node.attributes.get('alt', ''))}](<{_address(node.attributes.get('src', ''))}>)"
    said = _inline(node.within)
    bare = said.strip()
    if not bare:
        return " " if said else ""
    if node.tag == "a" and node.attributes.get("href"):
        return f"[{bare}](<{_address(node.attributes['href'])}>)"
    mark = "**" if node.tag in _STRONG else "*" if node.tag in _STRESSED else ""
    if not mark:
        return f" {said} " if node.tag in _BLOCKS else said
    return f"{said[: len(said) - len(said.lstrip())]}{mark}{bare}{mark}{said[len(said.rstrip()) :]}"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", re.sub(r"\s+", " ", text))


def _address(address: str) -> str:
    return re.sub(r"[\s<>\\]", "", address)


def _begun(line: str) -> str:
    """A line that begins like a list but is none."""
    return _BEGINS_LIST.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


def _behind(text: str, first: str, further: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((further + line).rstrip() for line in lines[1:])])
