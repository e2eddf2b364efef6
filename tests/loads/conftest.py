"""A plan with lines and a benefit catalogue, and a folder to send files from."""

from pathlib import Path

import pytest
from pytest_django import Settings

from portico.edges.loaders.intake import Kind
from portico.edges.loaders.tests import building
from tests.loads import loading


@pytest.fixture
def inbox(tmp_path: Path, settings: Settings) -> Path:
    """Where files come in; the portal keeps its own beside."""
    settings.FILES_DIR = tmp_path / "files"
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def plan(transactional_db: None, inbox: Path) -> Path:
    """A plan whose benefit catalogue is loaded; answers the inbox."""
    loading.plan()
    loading.load(inbox, building.CATALOGUE.encode(), Kind.BENEFITS)
    return inbox
