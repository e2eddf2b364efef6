"""Rows as an Excel workbook. A text is written as text, so nothing in it is ever calculated."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import xlsxwriter

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: Final = {"in_memory": True}  # a sheet of patients never lies on a disk, not even for a moment
_WIDTH = 18


def written(heads: Sequence[str], rows: Iterable[Sequence[str | date | Decimal | None]]) -> bytes:
    """The workbook: one sheet with `heads` above the rows, which stay in sight."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, _OPTIONS)
    sheet, day = book.add_worksheet("Results"), book.add_format({"num_format": "mm/dd/yyyy"})
    money = book.add_format({"num_format": "#,##0.00"})
    bold = book.add_format({"bold": True})
    sheet.set_column(0, len(heads) - 1, _WIDTH)
    sheet.freeze_panes(1, 1)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, Decimal):
                sheet.write_number(number, column, cell, money)
            elif cell:
                sheet.write_string(number, column, cell)
    book.close()
    return content.getvalue()
