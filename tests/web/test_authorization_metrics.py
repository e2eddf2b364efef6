"""The published figures: what the page says, and that its files say the same and name nobody."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portico.domains.authorizations.models import Event
from tests.support import authorizations, patients, visiting
from tests.support.actors import NOW, TODAY
from tests.support.cast import HMO, MEDI_CAL, PPO
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_few(world: World) -> None:
    """Twelve decided in the HMO, a quarter denied, and one in Medi-Cal."""
    for place in range(12):
        make = authorizations.denied if place % 4 == 0 else authorizations.approved
        make(f"H{place}", line_id=HMO)
    authorizations.approved("M1", line_id=MEDI_CAL)
    told = {"level": "standard", "law": 1}
    Event.objects.filter(kind="received").update(details=told)
    cache.clear()


def _of(route: str) -> str:
    return reverse(route, args=[TODAY.year])


def test_anybody_reads_the_figures_of_all_and_of_no_few() -> None:
    said = visiting.seen(Client().get("/authorization-metrics/"))
    assert "Requests decided 13" in said
    assert "Approved 76.9% 10 of 13" in said
    assert "Denied 23.1% 3 of 13" in said
    assert "Average time to decide 24.0 hours" in said
    assert "by line of business" not in said
    assert "Expedited requests" not in said


def test_a_line_of_few_is_told_of_only_where_others_hide_it() -> None:
    for place in range(14):
        authorizations.approved(f"P{place}", line_id=PPO)
    Event.objects.filter(kind="received").update(details={"level": "standard", "law": 1})
    cache.clear()
    said = visiting.seen(Client().get("/authorization-metrics/"))
    assert "PPO 14 100.0% 0.0% 0.0%" in said
    assert said.count("Not shown: too few") == 2


def test_the_files_say_the_same() -> None:
    table = list(csv.DictReader(io.StringIO(Client().get(_of("authorization_metrics_csv")).content.decode())))
    whole = table[0]
    assert (whole["level"], whole["line"], whole["decided"]) == ("standard", "all", "13")
    assert (whole["denied_count"], whole["denied_percent"], whole["median_hours"]) == ("3", "23.1", "24.0")
    held = json.loads(Client().get(_of("authorization_metrics_json")).content)
    assert held["figures"][0]["denied"] == {"count": 3, "of": 13, "percent": "23.1"}
    hidden = [row["line"] for row in table if row["withheld"]]
    assert hidden == [each["line"] for each in held["figures"] if each["withheld"]]
    assert hidden == [HMO, MEDI_CAL]
    assert all(not row["decided"] and not row["approved_count"] for row in table if row["withheld"])


def test_a_year_that_is_none_is_not_found_whatever_was_looked_at_before() -> None:
    assert Client().get("/authorization-metrics/").status_code == 200
    for year in ("0", "1999", "99999999999999999999"):
        assert Client().get(f"/authorization-metrics/{year}/").status_code == 302


def test_nothing_names_a_patient_or_a_request() -> None:
    for route in ("authorization_metrics_of", "authorization_metrics_csv", "authorization_metrics_json"):
        text = Client().get(_of(route)).content.decode()
        assert patients.ZEPHYRINE not in text
        assert "Quillfeather" not in text
        assert ">H1<" not in text


def test_the_footer_leads_a_visitor_there() -> None:
    assert f'href="{reverse("authorization_metrics")}"' in Client().get("/").content.decode()


def test_a_year_in_which_nothing_was_decided_says_so() -> None:
    Event.objects.filter(kind="decided").delete()
    cache.clear()
    assert f"Nothing was decided in {TODAY.year} yet" in visiting.seen(
        Client().get("/authorization-metrics/")
    )


def test_expedited_requests_stand_apart() -> None:
    Event.objects.filter(kind="received").update(details={"level": "expedited", "law": 1})
    Event.objects.filter(kind="decided").update(at=NOW - timedelta(hours=44))
    cache.clear()
    said = visiting.seen(Client().get("/authorization-metrics/"))
    assert "Standard requests" not in said
    assert "Average time to decide 4.0 hours" in said
