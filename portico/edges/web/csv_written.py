"""Tables to take home as CSV: every cell as text, and none that a spreadsheet takes for a calculation."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse

_WIDE: Final = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The same signs as East Asian keyboards write them, which some spreadsheets calculate with too."""
_CALCULATES: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", *_WIDE)


def harmless(text: str) -> str:
    """A cell that begins like a calculation begins with an apostrophe, which spreadsheets do not show."""
    return f"'{text}" if text.startswith(_CALCULATES) else text


def attached(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """The table as a file of that name, which nothing on the way keeps."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(text.getvalue().encode(), content_type="text/csv; charset=utf-8", headers=headers)
