"""Turns the Census Bureau's gazetteer of ZIP codes into the file that `portico load zip-codes` takes.

    python -m tools.zip_codes 2024_Gaz_zcta_national.txt zip_codes.csv

The gazetteer is a text file with a heading, columns parted by tabs or, in newer years, by upright strokes.
Of each area its code (GEOID) and its internal point (INTPTLAT, INTPTLONG) are taken, to four decimals: some
ten metres.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

COLUMNS = ("zip_code", "latitude", "longitude")
_WANTED = ("GEOID", "INTPTLAT", "INTPTLONG")


def points(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The ZIP codes of a gazetteer, with latitude and longitude. Raises ValueError for another file."""
    rows = iter(lines)
    heading = next(rows, "")
    sign = "|" if "|" in heading else "\t"
    names = [name.strip() for name in heading.lstrip("\ufeff").split(sign)]
    if not set(_WANTED).issubset(names):
        raise ValueError(f"the first line names no {', '.join(set(_WANTED).difference(names))}")
    places = [names.index(name) for name in _WANTED]
    for row in rows:
        cells = [cell.strip() for cell in row.split(sign)]
        if len(cells) == len(names):
            code, latitude, longitude = (cells[place] for place in places)
            yield code, f"{float(latitude):.4f}", f"{float(longitude):.4f}"


def main(source: str, target: str) -> int:
    """Write the file; 0 when it is written."""
    with Path(source).open(encoding="utf-8-sig") as lines, Path(target).open("w", newline="") as out:
        written = csv.writer(out, lineterminator="\n")
        written.writerow(COLUMNS)
        written.writerows(points(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
