"""The small world is the same whether the use cases make its rows or they are put back."""

import pytest
from django.db import transaction
from pytest_django import Settings

from tests.support import remembering, tables
from tests.support import world as worlds

pytestmark = pytest.mark.django_db


def _rows() -> dict[str, list[str]]:
    return {table: sorted(text.splitlines()) for table, text in tables.rows()}


def test_what_is_put_back_is_what_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "_KEPT", {})
    before = transaction.savepoint()
    made, rows = worlds.build(), _rows()
    transaction.savepoint_rollback(before)
    monkeypatch.setattr(worlds, "_build", None)
    for _ in range(2):  # through objects, then by the statements that were kept
        put_back = worlds.build()
        assert (put_back.offices, put_back.receipts, put_back.job) == (made.offices, made.receipts, made.job)
        assert _rows() == rows
        transaction.savepoint_rollback(before)


def test_under_other_settings_it_is_made_anew(settings: Settings) -> None:
    before = transaction.savepoint()
    job = worlds.build().job
    transaction.savepoint_rollback(before)
    settings.FIRST_SIGN_IN = "link"
    assert worlds.build().job != job
