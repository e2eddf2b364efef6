"""Workbooks for tests, good ones and hostile ones."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

HEAD = ("member_id", "last_name", "first_name", "birth_date", "ssn", "as_of")
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(*rows: Sequence[Any], empty_sheets: int = 0) -> bytes:
    """A workbook as Excel writes it; days are days, numbers numbers."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    day = book.add_format({"num_format": "mm/dd/yyyy"})
    for _ in range(empty_sheets):
        book.add_worksheet()
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date | datetime):
                sheet.write_datetime(number, column, cell, day)
            elif cell != "":
                sheet.write(number, column, cell)
    book.close()
    return content.getvalue()


def raw(sheet: str, *, text: str = "", times: int = 1) -> bytes:
    """A workbook whose one sheet holds this XML and whose shared texts that, as often as said."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook {_MAIN} xmlns:r="{_KIND[:-1]}">'
            '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            _relation(1, "worksheet", "worksheets/sheet1.xml")
            + _relation(2, "sharedStrings", "sharedStrings.xml")
        ),
    }
    long = {
        "xl/worksheets/sheet1.xml": (f"<worksheet {_MAIN}><sheetData>", sheet, "</sheetData></worksheet>"),
        "xl/sharedStrings.xml": (f"<sst {_MAIN}>", text, "</sst>"),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
        for name, (before, repeated, after) in long.items():
            with archive.open(name, "w") as written:
                written.write(before.encode())
                for _ in range(times):
                    written.write(repeated.encode())
                written.write(after.encode())
    return content.getvalue()


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_KIND}{kind}" Target="{target}"/>'
