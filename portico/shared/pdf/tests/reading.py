"""Reads a PDF as others would: its text in order, its tags, and what a PDF/UA-1 validator says of it."""

from collections import Counter
from dataclasses import dataclass
from io import BytesIO

import page
import pikepdf
import pypdfium2


@dataclass(frozen=True, slots=True)
class Tag:
    """One element of the tagged structure; `alternative` is the text that stands for a figure."""

    kind: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Promises:
    """What a PDF/UA-1 document must say of itself."""

    marked: bool
    language: str
    shows_title: bool
    title: str
    part: str
    tags: tuple[Tag, ...]

    def count(self) -> Counter[str]:
        """Answers how many elements of each kind there are."""
        return Counter(tag.kind for tag in self.tags)


def text(pdf: bytes) -> str:
    """Answers the text of all pages in the order it was written, line ends as spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [sheet.get_textpage().get_text_bounded() for sheet in document]
    # pdfium writes U+0002 for a hyphen at the end of a line.
    return " ".join(" ".join(pages).replace("\x02", "-").split())


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Answers the width and height of each page in points."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [(float(sheet.mediabox[2]), float(sheet.mediabox[3])) for sheet in document.pages]


def failures(pdf: bytes) -> list[str]:
    """Answers the PDF/UA-1 rules the document breaks; an empty list is a document that holds them all."""
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def promises(pdf: bytes) -> Promises:
    """Answers the document's own statements, read without the validator."""
    with pikepdf.open(BytesIO(pdf)) as document:
        root = document.Root
        with document.open_metadata() as metadata:
            part, title = str(metadata["pdfuaid:part"]), str(metadata["dc:title"])
        return Promises(
            marked=bool(root.MarkInfo.Marked),
            language=str(root.Lang),
            shows_title=bool(root.ViewerPreferences.DisplayDocTitle),
            title=title,
            part=part,
            tags=tuple(_tags(root.StructTreeRoot)),
        )


def _tags(element: pikepdf.Object) -> list[Tag]:
    found = [Tag(str(element.S).removeprefix("/"), str(element.get("/Alt", "")))] if "/S" in element else []
    inner = element.get("/K", pikepdf.Array())
    for each in inner if isinstance(inner, pikepdf.Array) else [inner]:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") != pikepdf.Name.MCR:
            found += _tags(each)
    return found
