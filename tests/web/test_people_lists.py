"""The list of users: what it shows and is narrowed by, taking it home, and who may do what."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from portico.domains.access import models
from portico.domains.permits.functions import Function
from tests.support import cast, delegating, looking, visiting
from tests.support.delegating import PEOPLE
from tests.support.world import World

MATRIX = f"{PEOPLE}matrix/"


@pytest.fixture
def administrator(world: World) -> Client:
    """The browser of Lakeside's administrator."""
    return visiting.sign_in(world["administrator"])


def names(answer: Any) -> list[str]:
    """Whom the list shows, by username."""
    return [each["row"].username for each in answer.context["rows"]]


def exported(answer: Any) -> list[list[str]]:
    """The rows of the file."""
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_the_list_is_narrowed_by_persona_and_function(administrator: Client, world: World) -> None:
    for key in ("front_desk", "eligibility_only", "proposed"):
        assert world[key].user_id
    assert names(administrator.post(PEOPLE, {"kind": "administrator"})) == ["administrator"]
    holds = names(administrator.post(PEOPLE, {"holds": "claims_inquiry"}))
    assert "front.desk" in holds
    assert "proposed" in holds
    assert "eligibility.only" not in holds
    assert names(administrator.post(PEOPLE, {"holds": "claims_inquiry", "text": "front"})) == ["front.desk"]
    assert "outsider" not in names(administrator.post(PEOPLE, {"holds": "eligibility"}))
    wrong = administrator.post(PEOPLE, {"holds": "everything"})
    assert wrong.status_code == 422


def test_what_was_looked_for_is_kept_until_everybody_is_asked_for(
    administrator: Client, world: World
) -> None:
    administrator.post(PEOPLE, {"text": "front"})
    administrator.get(delegating.person(world["front_desk"].user_id))
    assert names(administrator.get(PEOPLE)) == ["front.desk"]
    assert 'value="front"' in administrator.get(PEOPLE).content.decode()
    assert "administrator" in names(administrator.post(f"{PEOPLE}everybody/", follow=True))


def test_what_one_looks_for_is_ones_own(administrator: Client) -> None:
    delegating.administrator("sam.second")
    administrator.post(PEOPLE, {"text": "nobody at all"})
    assert names(administrator.get(PEOPLE)) == []
    assert "sam.second" in names(delegating.browser("sam.second").get(PEOPLE))


def test_the_list_leads_to_what_is_often_done(administrator: Client, world: World) -> None:
    looking.suspend(world["colleague"].user_id)
    number = looking.invited()
    page = administrator.get(PEOPLE).content.decode()
    for address in (
        delegating.person(number, "invite/"),
        delegating.person(world["colleague"].user_id, "reactivate/"),
        delegating.persona(world["front_desk"]),
    ):
        assert address in page
    assert delegating.persona(world["administrator"]) not in page


def test_the_export_holds_what_the_list_shows(administrator: Client, world: World) -> None:
    assert world["front_desk"].user_id
    answer = administrator.post(f"{PEOPLE}file/")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    heads, *rows = exported(answer)
    assert heads == ["name", "username", "acts_as", "state", "last_sign_in", "functions_open_today"]
    front = next(row for row in rows if row[1] == "front.desk")
    assert front[:4] == ["Front Tester", "front.desk", "End user", "Active"]
    assert front[5].startswith("Eligibility; Benefits; ")
    assert "outsider" not in [row[1] for row in rows]
    administrator.post(PEOPLE, {"text": "front"})
    assert [row[1] for row in exported(administrator.post(f"{PEOPLE}file/"))[1:]] == ["front.desk"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b"], ids=lambda sign: f"{ord(sign):x}")
def test_a_name_that_calculates_is_harmless_in_the_export(
    administrator: Client, world: World, sign: str
) -> None:
    rows = models.Persona.objects.get(pk=world["front_desk"].persona_id).user
    rows.first_name = f"{sign}HYPERLINK(1)"
    rows.save(update_fields=["first_name"])
    found = [row[0] for row in exported(administrator.post(f"{PEOPLE}file/"))]
    assert f"'{sign}HYPERLINK(1) Tester" in found


def test_the_export_goes_on_over_every_page(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portico.edges.web.people.listing.AT_ONCE", 2)
    for place in range(5):
        looking.invited(f"ivy.new{place}")
    found = [row[1] for row in exported(administrator.post(f"{PEOPLE}file/"))[1:]]
    assert {f"ivy.new{place}" for place in range(5)} <= set(found)
    assert len(found) == len(set(found))
    assert looking.conclusions("manage_users").count("people_listed") > 2


def test_the_matrix_shows_who_may_do_what(administrator: Client, world: World) -> None:
    for key in ("front_desk", "medi_cal_only", "proposed", "early"):
        assert world[key].user_id
    page = administrator.get(MATRIX)
    cells = {each["row"].username: each["cells"] for each in page.context["rows"]}
    says = {name: found[0].get("says", "") for name, found in cells.items()}
    assert says["front.desk"] == "Yes"
    assert says["medi.cal.only"].startswith("Yes, limited")
    assert says["proposed"] == "Waits to be confirmed"
    assert says["early"] == "From a later day on"
    assert says["administrator"] == ""
    assert "outsider" not in cells
    assert "data-print" in page.content.decode()


def test_the_matrix_is_narrowed_to_a_function_and_paged(
    administrator: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world["eligibility_only"].user_id
    assert world["front_desk"].user_id
    found = administrator.get(f"{MATRIX}?function=remittance")
    assert "eligibility.only" not in names(found)
    assert "People who hold Remittance" in visiting.seen(found)
    assert administrator.get(f"{MATRIX}?function=nothing").status_code == 200
    monkeypatch.setattr("portico.domains.access.delegating.matrix.PAGE", 1)
    first = administrator.get(MATRIX)
    assert len(first.context["rows"]) == 1
    following = administrator.get(f"{MATRIX}?after={first.context['next_key']}")
    assert names(first) != names(following)
    assert len(administrator.get(f"{MATRIX}?all=yes").context["rows"]) > 2


def test_the_person_page_shows_what_they_may_do(administrator: Client, world: World) -> None:
    said = visiting.seen(administrator.get(delegating.person(world["medi_cal_only"].user_id)))
    assert "As an end user Tax IDs 17-1234567 Providers Every provider, also those to come" in said
    assert "Until No end" in said
    own = visiting.seen(administrator.get(delegating.person(world["administrator"].user_id)))
    assert "This is what you hold yourself" in own
    assert "Manage Users Hands out everything the office may" in own


def test_of_somebody_of_two_offices_the_own_office_alone_is_shown(
    administrator: Client, world: World
) -> None:
    number, elsewhere = world["front_desk"].user_id, world.offices[cast.HILLCREST]
    foreign = models.Persona.objects.create(
        user_id=number,
        kind="administrator",
        office_id=elsewhere,
        created_at=models.Persona.objects.get(pk=world["front_desk"].persona_id).created_at,
    )
    said = visiting.seen(administrator.get(delegating.person(number)))
    assert "Hillcrest" not in said
    assert "Change what they may do" in said
    assert administrator.get(f"{PEOPLE}{number}/access/{foreign.pk}/").status_code == 404
    sent = delegating.form(Function.CLAIMS_INQUIRY)
    assert administrator.post(delegating.persona(world["front_desk"]), sent).status_code == 302
