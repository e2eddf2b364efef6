"""The public X12 files, where they lie beside this folder; what is asked of them is passed over without."""

from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "samples" / "x12"
ARE_HERE = FOLDER.is_dir()
needed = pytest.mark.skipif(not ARE_HERE, reason="the public files are not beside this folder")


def each(kind: str) -> Any:
    """A parameter for every file of the kind, such as 837; where there are none, one that is passed over."""
    found = sorted((FOLDER / kind).glob(f"{kind}_*"))
    if not found:
        return [pytest.param(FOLDER / kind, marks=needed, id="none")]
    return [pytest.param(path, id=path.name) for path in found]
