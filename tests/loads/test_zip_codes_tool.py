"""A gazetteer becomes the file that `portico load zip-codes` takes."""

from pathlib import Path

import pytest

from tools import zip_codes

HEADING = "GEOID{0}ALAND{0}INTPTLAT{0}INTPTLONG   \n"
ROW = "90901{0}12{0}39.500049{0}-122.000051 \n"


@pytest.mark.parametrize("sign", ["\t", "|"], ids=["tabs", "strokes"])
def test_the_internal_points_are_written_to_four_decimals(tmp_path: Path, sign: str) -> None:
    source, target = tmp_path / "gazetteer.txt", tmp_path / "zip_codes.csv"
    source.write_text(HEADING.format(sign) + ROW.format(sign))
    assert zip_codes.main(str(source), str(target)) == 0
    assert target.read_text() == "zip_code,latitude,longitude\n90901,39.5000,-122.0001\n"


def test_another_file_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "other.txt"
    source.write_text("NAME\tGEOID\n")
    with pytest.raises(ValueError, match="INTPTLAT"):
        zip_codes.main(str(source), str(tmp_path / "out.csv"))
