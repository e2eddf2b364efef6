"""The documented layouts are those written."""

import re
from pathlib import Path

import pytest

from portico.demo import (
    accumulator_feed,
    benefit_feed,
    exclusion_feed,
    licence_feed,
    lines,
    provider_feed,
    zip_feed,
)

DOCUMENT = Path(__file__).parents[3] / "docs" / "reference" / "feeds.md"
SECTIONS = {
    "Provider file": provider_feed.COLUMNS,
    "ZIP codes": list(zip_feed.COLUMNS),
    "Benefit plans": benefit_feed.COLUMNS,
    "Accumulators": accumulator_feed.HEADER.split(","),
    "Licences": licence_feed.COLUMNS,
}


def _section(title: str) -> str:
    _, _, after = DOCUMENT.read_text(encoding="utf-8").partition(f". {title}\n")
    return after.split("\n## ")[0]


@pytest.mark.parametrize("title", SECTIONS)
def test_the_document_names_each_column_in_the_order_written(title: str) -> None:
    rows = [line.split("|")[1] for line in _section(title).splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert named == SECTIONS[title]


def test_the_document_names_each_column_of_the_public_list() -> None:
    assert (
        re.findall(r"`([A-Z0-9]+)`", _section("Exclusions").split("The columns are")[1])[:18]
        == exclusion_feed.COLUMNS
    )


def test_the_document_names_every_line_code() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert all(f"`{code}`" in text for code in lines.CODES)
