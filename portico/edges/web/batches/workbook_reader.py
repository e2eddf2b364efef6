"""A program: reads an Excel workbook from its input and writes the first table's cells as JSON.

`python -I workbook_reader.py MOST_ROWS`. Cells are text: days as YYYY-MM-DD, whole numbers without a point.
The limits hold for this process alone. It imports nothing of the portal, so that it begins quickly.
"""

import io
import json
import resource
import sys
from datetime import date, datetime

MOST_MEMORY = 256 * 1024 * 1024
MOST_SECONDS = 2
MOST_COLUMNS = 60
MOST_CELL = 120


def main() -> None:
    """Read, and write; any failure ends the process with its code."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    rows = read(sys.stdin.buffer.read(), most=int(sys.argv[1]))
    sys.stdout.write(json.dumps(rows))


def read(content: bytes, *, most: int) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet with any, `most` of them, each with its number; empty ones are left out."""
    from python_calamine import CalamineWorkbook  # under the limits from its first instruction

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for place in range(len(workbook.sheet_names)):
        sheet = workbook.get_sheet_by_index(place).to_python(skip_empty_area=False)
        rows = [(number, row) for number, row in enumerate(sheet, 1) if any(cell != "" for cell in row)]
        if rows:
            return [(number, [text(cell) for cell in row[:MOST_COLUMNS]]) for number, row in rows[:most]]
    return []


def text(cell: object) -> str:
    """What the cell says."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:MOST_CELL].strip()


if __name__ == "__main__":
    main()
