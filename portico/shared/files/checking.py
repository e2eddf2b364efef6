"""Which document a file is, by its content: a PDF, a PNG or a JPEG; its name and claimed type are not asked.

    content -> png.cleaned   -> the picture alone, without what its maker wrote beside it
            -> jpeg.cleaned  -> the same
            -> pdf.checked   -> the file up to its end, when nothing in it acts
            -> BadFile       -> a code that says why not

Nothing is drawn or unpacked as a whole: a picture's size is read from its head, and what is unpacked of a PDF
is bounded. Time and memory are linear in the file.
"""

from dataclasses import dataclass
from typing import Final

from portico.shared.files import jpeg, pdf, png
from portico.shared.files.faults import BadFile, Fault

MOST_BYTES: Final = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that may be kept: what it is, the ending its name gets, and the bytes to keep."""

    content_type: str
    ending: str
    content: bytes


def check(content: bytes) -> Checked:
    """The document these bytes are. Raises BadFile."""
    if not content:
        raise BadFile(Fault.EMPTY)
    if len(content) > MOST_BYTES:
        raise BadFile(Fault.TOO_LARGE)
    if content.startswith(png.BEGINNING):
        return Checked("image/png", "png", png.cleaned(content))
    if content.startswith(jpeg.BEGINNING):
        return Checked("image/jpeg", "jpg", jpeg.cleaned(content))
    if content.startswith(pdf.BEGINNING):
        return Checked("application/pdf", "pdf", pdf.checked(content))
    raise BadFile(Fault.UNKNOWN)
