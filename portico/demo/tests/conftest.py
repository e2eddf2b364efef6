"""A small plan, built once for all tests here."""

from datetime import date
from pathlib import Path

import pytest

from portico.demo import build
from portico.demo.build import Built

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A plan of 900 members, as of `TODAY`."""
    return build.build(900, 1, tmp_path_factory.mktemp("plan"), TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to build into."""
    return tmp_path / "plan"
