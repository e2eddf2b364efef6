"""Writes zip_codes.csv (layout: docs/reference/feeds.md): where the plan's invented ZIP codes lie.

The towns of a region lie around its middle, some six to ten miles from one another.
"""

import csv
from pathlib import Path
from typing import Final

from portico.demo.regions import REGIONS

COLUMNS: Final = ("zip_code", "latitude", "longitude")
_MIDDLES: Final = {
    "north-lakes": (40.6, -122.3),
    "gold-valley": (38.6, -121.4),
    "harbor-coast": (36.6, -121.8),
    "inland-basin": (34.0, -117.3),
    "mission-plain": (36.8, -119.8),
    "cedar-highlands": (38.0, -120.4),
}
_AROUND: Final = ((0.0, 0.0), (0.09, 0.05), (-0.07, 0.12), (0.04, -0.13), (-0.12, -0.06))


def write(path: Path) -> int:
    """Write one row for each town; answers the number of rows below the header."""
    rows = [
        (town.postal_code, f"{latitude + north:.4f}", f"{longitude + east:.4f}")
        for region in REGIONS
        for latitude, longitude in [_MIDDLES[region.code]]
        for town, (north, east) in zip(region.towns, _AROUND, strict=True)
    ]
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\r\n")
        out.writerow(COLUMNS)
        out.writerows(rows)
    return len(rows)
