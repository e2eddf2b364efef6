"""Prepared queries: the rows of their querysets, read anew at each run; Django's own tables are examples."""

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import CharField, Count, DateTimeField, Q, QuerySet, Value
from pytest_django import DjangoAssertNumQueries

from portico.shared import prepared
from portico.shared.prepared import Given

pytestmark = pytest.mark.django_db
Session = apps.get_model("accounts", "Session")
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


def sessions(key: Any, *, from_at: Any) -> "QuerySet[Any, Any]":
    held = Session.objects.filter(Q(session_key=key) | Q(session_data=key), expire_date__gte=from_at)
    return held.values_list("session_key", "expire_date")


KEY, FROM_AT = Given("key", CharField()), Given("from_at", DateTimeField())
UNEXPIRED = prepared.Query(lambda: sessions(KEY, from_at=FROM_AT).order_by("session_key"))
PERMISSIONS = prepared.Query(
    lambda: (
        Permission.objects.select_related("content_type")
        .annotate(groups=Count("group"))
        .filter(content_type=Given("kind"), codename__gt=Given("after", CharField()))
        .order_by("codename")[:2]
    )
)
NEVER = Value(None, DateTimeField())
BOTH = prepared.Query(
    lambda: sessions(KEY, from_at=NOON).union(
        Permission.objects.filter(pk=Given("permission")).order_by().values_list("codename", NEVER),
        all=True,
    )
)


@pytest.fixture(autouse=True)
def _sessions() -> None:
    for hours, key in enumerate(("one", "two", "three")):
        expires = NOON + timedelta(hours=hours)
        Session.objects.create(session_key=key, session_data="all", expire_date=expires)


def test_the_rows_are_those_of_the_queryset_for_each_run_of_its_own() -> None:
    for key in ("one", "all", "nobody"):
        for hours in range(4):
            from_at = NOON + timedelta(hours=hours)
            assert UNEXPIRED.rows(key=key, from_at=from_at) == list(
                sessions(key, from_at=from_at).order_by("session_key")
            )


def test_objects_come_with_their_relations_and_annotations(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    known = Permission.objects.order_by("pk")[0]
    with django_assert_num_queries(1):
        first, second = PERMISSIONS.rows(kind=known.content_type_id, after="a")
        assert first.content_type.pk == second.content_type.pk == known.content_type_id
        assert (first.groups, second.groups) == (0, 0)
    assert first.codename < second.codename


def test_a_union_is_one_query_too(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    known = Permission.objects.order_by("pk")[0]
    with django_assert_num_queries(1):
        rows = BOTH.rows(key="two", permission=known.pk)
    assert set(rows) == {("two", NOON + timedelta(hours=1)), (known.codename, None)}


def test_nothing_but_the_sql_is_kept() -> None:
    assert UNEXPIRED.first(key="one", from_at=NOON) == ("one", NOON)
    Session.objects.filter(session_key="one").update(expire_date=NOON + timedelta(days=1))
    assert UNEXPIRED.first(key="one", from_at=NOON) == ("one", NOON + timedelta(days=1))
    Session.objects.filter(session_key="one").delete()
    assert UNEXPIRED.first(key="one", from_at=NOON) is None


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match="from_at"):
        UNEXPIRED.rows(key="one")


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_on_its_own_connection() -> None:
    found: list[Any] = []

    def ask() -> None:
        found.append(UNEXPIRED.rows(key="one", from_at=NOON))
        connection.close()

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [UNEXPIRED.rows(key="one", from_at=NOON)] * 2 == [[("one", NOON)]] * 2


def test_within_remembering_the_same_is_read_once_and_afterwards_anew(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    remembered = prepared.Query(lambda: sessions(KEY, from_at=FROM_AT), may_be_remembered=True)
    with prepared.remembering():
        first = remembered.rows(key="one", from_at=NOON)
        Session.objects.all().delete()
        with django_assert_num_queries(0):
            assert remembered.rows(key="one", from_at=NOON) == first
        assert remembered.rows(key="two", from_at=NOON) == []
        assert UNEXPIRED.rows(key="one", from_at=NOON) == []
        first.clear()
        assert remembered.rows(key="one", from_at=NOON) != []
    assert remembered.rows(key="one", from_at=NOON) == []


def test_remembering_inside_remembering_goes_on_with_what_is_remembered(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    remembered = prepared.Query(lambda: sessions(KEY, from_at=FROM_AT), may_be_remembered=True)
    with prepared.remembering(), django_assert_num_queries(1):
        for _ in range(2):
            with prepared.remembering():
                assert remembered.rows(key="one", from_at=NOON) == [("one", NOON)]
        assert remembered.rows(key="one", from_at=NOON) == [("one", NOON)]


def test_what_comes_back_is_of_the_fields_kinds_each_time() -> None:
    whole = prepared.Query(lambda: Session.objects.filter(expire_date=FROM_AT))
    for hours in (0, 1):
        at = NOON + timedelta(hours=hours)
        assert [row.expire_date for row in whole.rows(from_at=at)] == [at]
