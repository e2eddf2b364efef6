"""Finding a provider in the browser: the search, its pages, the receipt, and what visitors see."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portico.domains.directory import models
from portico.shared import identifiers
from tests.support import cast, directory, patients, visiting
from tests.support.directory import GRACE, NADIA, RIDGE
from tests.support.logs import logging_to
from tests.support.visiting import seen
from tests.support.world import World, uses

PROVIDERS = "/providers/"
NEAR = {"near": "90901", "within": "50", "on": "03/12/2026"}


@pytest.fixture(autouse=True)
def listed(world: World) -> models.Listing:
    """Grace in Northlake, Nadia in Cedar Ridge, and who the small world has."""
    directory.affiliated(GRACE, telehealth=True)
    directory.affiliated(NADIA, directory.OTHER, accessibility=["entrance"], **RIDGE)
    return directory.of_world(world)


def test_a_search_is_sent_and_answered_by_an_address(front_desk: Client) -> None:
    typed = "9 Juniper Road, Northlake, CA 90901-1234"
    answer = front_desk.post(PROVIDERS, {**NEAR, "near": typed, "also": ["telehealth"]})
    assert answer.status_code == 302
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert asked == {"near": ["90901"], "also": ["telehealth"], "within": ["50"], "on": ["2026-03-12"]}
    said = seen(front_desk.get(answer.headers["Location"]))
    assert "Grace Lin, MD" in said
    assert "Nadia Khoury" not in said


def test_the_nearest_stand_first_with_their_miles(front_desk: Client) -> None:
    said = seen(front_desk.get(PROVIDERS, {**NEAR, "specialty": "Heart"}))
    assert "Within 50 miles of 90901, the nearest first." in said
    assert (
        "Nadia Khoury, MD Heart · Arabic, French 2200 Ridge Road Cedar Ridge, CA 92941 (530) 555-0110 31.0"
        in said
    )


def test_nothing_asked_shows_the_form_alone(front_desk: Client) -> None:
    said = seen(front_desk.get(PROVIDERS))
    assert "Providers in" not in said
    assert [use.conclusion for use in uses(function="provider_search")] == ["opened"]


def test_nobody_found_says_what_to_try(front_desk: Client) -> None:
    said = seen(front_desk.get(PROVIDERS, {**NEAR, "line": cast.PPO, "name": "Khoury"}))
    assert "Nobody was found Look within more miles of 90901." in said
    assert "Ask about another network than" in said


def test_an_unknown_zip_code_is_said(front_desk: Client) -> None:
    said = seen(front_desk.get(PROVIDERS, {"near": "10001"}))
    assert "We do not know where 10001 lies" in said
    assert "Grace Lin" in said


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param({"near": "Harbor Street"}, "Enter a ZIP code of five digits", id="no ZIP code"),
        pytest.param({"line": "x"}, "Choose one of the list.", id="no line"),
        pytest.param({"on": "02/30/2026"}, "Enter a day as mm/dd/yyyy", id="no day"),
        pytest.param({"within": "7"}, "Choose one of the list.", id="no distance"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_will_not_do_is_said(front_desk: Client, sent: dict[str, str], words: str, method: str) -> None:
    answer = getattr(front_desk, method)(PROVIDERS, sent)
    assert answer.status_code == 422
    assert words in seen(answer)


def test_a_page_of_many_leads_to_the_next(front_desk: Client) -> None:
    for number in range(21):
        directory.affiliated(GRACE, f"1812345{number:02d}")
    directory.refresh()
    first = front_desk.get(PROVIDERS, {**NEAR, "name": "Lin"})
    [link] = [part for part in first.content.decode().split('"') if "after=" in part]
    second = front_desk.get(link.replace("&amp;", "&"))
    assert seen(first).count("Grace Lin, MD") == 20
    assert seen(second).count("Grace Lin, MD") == 2
    assert "More providers in a network of the plan" in seen(second)


@pytest.mark.parametrize("after", ["c1~\0", "c1~1e400", "u0~", "c1~" + "x" * 5_000])
def test_a_key_of_a_page_that_was_written_by_hand_breaks_nothing(front_desk: Client, after: str) -> None:
    for near in ("", "90901"):
        answer = front_desk.get(PROVIDERS, {**NEAR, "near": near, "name": "Lin", "after": after})
        assert answer.status_code == 200


def test_the_file_holds_what_the_page_shows(front_desk: Client) -> None:
    directory.Affiliation.objects.filter(provider__npi=GRACE).update(address="=1+1")
    directory.refresh()
    answer = front_desk.get(reverse("providers_file"), {**NEAR, "name": "Lin"})
    heads, row = list(csv.reader(io.StringIO(answer.content.decode())))
    told = dict(zip(heads, row, strict=True))
    assert (told["npi"], told["miles"], told["address"]) == (GRACE, "0.0", "'=1+1")
    assert (told["languages"], told["telehealth"], told["accessible"]) == ("Chinese", "yes", "no")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="providers-20260312.csv"'
    assert uses(function="provider_search")[-1].conclusion == "taken_home"


def test_a_members_page_leads_to_providers_of_the_network_on_the_day(
    front_desk: Client, world: World
) -> None:
    page = front_desk.get(reverse("patient", args=[world["front_desk"].lookup]))
    link = f"{PROVIDERS}?line={cast.HMO}&amp;on=2026-03-12"
    assert link in page.content.decode()
    said = seen(front_desk.get(link.replace("&amp;", "&")))
    assert "on March 12, 2026" in said
    assert "Grace Lin" in said


def test_a_providers_page_shows_places_networks_and_the_verdict(front_desk: Client) -> None:
    said = seen(front_desk.get(reverse("provider", args=[GRACE]), {"line": cast.HMO, "on": "2026-03-12"}))
    assert "In the network of" in said
    assert "120 Harbor Street Northlake, CA 90901" in said
    assert "since January 1, 2025" in said
    said = seen(front_desk.get(reverse("provider", args=[GRACE]), {"line": cast.PPO}))
    assert "Not in the network of" in said


def test_a_places_page_shows_who_practises_there(front_desk: Client) -> None:
    place = models.Place.objects.get(city="Cedar Ridge")
    said = seen(front_desk.get(reverse("provider_place", args=[place.pk])))
    assert "2200 Ridge Road" in said
    assert "Step-free entrance" in said
    assert "Nadia Khoury, MD" in said


@pytest.mark.parametrize("path", ["places/999999/", "places/99999999999999999999/", "2999999999/", "x/"])
def test_nobody_and_nowhere_are_not_found(front_desk: Client, path: str) -> None:
    assert front_desk.get(f"{PROVIDERS}{path}").status_code == 404


def test_an_unconfirmed_entry_is_marked(front_desk: Client) -> None:
    models.Listing.objects.filter(npi=GRACE).update(unverified_since="2026-03-01")
    assert "Not confirmed in time" in seen(front_desk.get(PROVIDERS, NEAR))
    said = seen(front_desk.get(reverse("provider", args=[GRACE])))
    assert "The office has not confirmed this entry in time" in said


def asked(browser: Client, line: str = cast.HMO) -> str:
    """The address of the receipt a browser is led to."""
    answer = browser.post(reverse("provider_network", args=[GRACE]), {"line": line, "on": "03/12/2026"})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_the_question_is_answered_with_a_receipt(front_desk: Client) -> None:
    address = asked(front_desk)
    said = seen(front_desk.get(address))
    assert "Grace Lin, MD is in the network of" in said
    assert "120 Harbor Street, Northlake, CA 90901" in said
    assert "is not in the network of" in seen(front_desk.get(asked(front_desk, cast.MEDI_CAL)))


def test_the_receipt_prints(front_desk: Client) -> None:
    address = asked(front_desk)
    answer = front_desk.get(f"{address}answer.pdf")
    reference = address.split("/")[-2]
    assert answer.headers["Content-Disposition"] == f'inline; filename="network-receipt-{reference}.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert str(document.docinfo["/Title"]) == (
            f"Network receipt {identifiers.group_reference(reference)}"
        )


def test_a_question_without_a_network_is_asked_again(front_desk: Client) -> None:
    answer = front_desk.post(reverse("provider_network", args=[GRACE]), {"on": "03/12/2026"})
    assert answer.status_code == 422
    assert "Choose the network to ask about." in seen(answer)


def test_another_office_knows_nothing_of_the_receipt(front_desk: Client, world: World) -> None:
    address = asked(front_desk)
    outsider = visiting.sign_in(world["outsider"])
    for path in (address, f"{address}answer.pdf"):
        assert outsider.get(path).status_code == 404


def test_the_plan_verifies_the_receipt(front_desk: Client, operations: Client) -> None:
    reference = asked(front_desk).split("/")[-2]
    said = seen(operations.post("/staff/receipts/", {"reference": reference}))
    assert "This receipt is ours and unaltered" in said
    assert "Grace Lin, MD is in the network of" in said


def test_a_visitor_is_sent_to_the_sign_in_unless_the_plan_opens_it(world: World, settings: Settings) -> None:
    del world
    visitor = Client()
    assert visitor.get(PROVIDERS, NEAR).status_code == 302
    assert "Find a provider" not in seen(visitor.get("/"))
    settings.PUBLIC_DIRECTORY = "names"
    said = seen(visitor.get(PROVIDERS, NEAR))
    assert "Grace Lin" in said
    assert "120 Harbor Street" not in said
    assert "Take home" not in said
    assert "Find a provider" in seen(visitor.get("/"))
    assert "Harbor Street" not in seen(visitor.get(reverse("provider", args=[GRACE])))
    settings.PUBLIC_DIRECTORY = "all"
    assert "120 Harbor Street" in seen(visitor.get(PROVIDERS, NEAR))


def test_a_visitor_takes_no_file_and_gets_no_receipt(world: World, settings: Settings) -> None:
    del world
    settings.PUBLIC_DIRECTORY = "all"
    visitor = Client()
    assert visitor.get(reverse("providers_file"), NEAR).status_code == 302
    answer = visitor.post(reverse("provider_network", args=[GRACE]), {"line": cast.HMO, "on": "03/12/2026"})
    assert answer.status_code == 302
    assert not models.NetworkAnswer.objects.exists()


def test_what_was_typed_stands_in_no_row_and_no_log(front_desk: Client) -> None:
    kept = io.StringIO()
    with logging_to(kept):
        front_desk.post(PROVIDERS, {**NEAR, "near": "77 Heron Lane 90901", "name": "Okonkwo"}, follow=True)
    entries = apps.get_model("audit", "Entry").objects.values()
    for trace in (kept.getvalue(), str(list(entries))):
        assert "Okonkwo" not in trace
        assert "Heron" not in trace


def test_an_administrator_and_the_plan_search_too(operations: Client, world: World) -> None:
    for browser in (operations, visiting.sign_in(world["administrator"])):
        assert "Grace Lin" in seen(browser.get(PROVIDERS, NEAR))


def test_the_own_office_is_found_by_name(front_desk: Client, listed: models.Listing) -> None:
    assert patients.NPI in front_desk.get(PROVIDERS, {"name": listed.name_key.split()[0]}).content.decode()
