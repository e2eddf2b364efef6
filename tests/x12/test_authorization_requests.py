"""A 278 request in, a 278 out: what is taken, what is decided at once, each refusal with its AAA."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portico.domains.authorizations import models
from portico.domains.authorizations.tests.asking import ALL
from portico.domains.permits.actors import Account, Actor, ActorKind, Door
from portico.domains.permits.functions import Function
from portico.domains.plan import days
from tests.support import authorizations, cast, patients, requirements, world
from tests.support.actors import NOW, TODAY
from tests.support.cast import FOREIGN, OWN
from tests.support.doors import x12_authorizations as door
from tests.support.doors.x12_authorizations import Answer, Sought, Told, Wanted
from tests.support.world import World
from tests.x12 import authorizations_278 as partners
from tests.x12 import connecting

pytestmark = pytest.mark.django_db
FIRST_ON, LAST_ON = authorizations.FIRST_ON, authorizations.LAST_ON
THERAPY = Wanted("97110", "12", "VS", FIRST_ON, LAST_ON)
SCAN = Wanted("73721", "1", "UN", FIRST_ON, FIRST_ON)
ZEPHYRINE = Sought(patients.ZEPHYRINE, "QUILLFEATHER", "ZEPHYRINE")
URGENT = "UM*HS*I**11:B**U"


@pytest.fixture(autouse=True)
def made() -> World:
    built = world.build()
    connecting.name_the_plan()
    requirements.say("97110", system="procedure", key="therapy")
    return built


@pytest.fixture
def software(made: World) -> Actor:
    """The software of our front desk's office, holding what the front desk holds."""
    return machine(made, "front_desk")


def machine(made: World, key: str) -> Actor:
    person = world.actor(made[key])
    return replace(
        person,
        kind=ActorKind.MACHINE,
        door=Door.X12,
        machine_id=41,
        user_id=None,
        persona_id=None,
        persona_kind=None,
        account=Account(),
        context={"tax_id": cast.PEOPLE[key].tax_ids[0]},
    )


def payload(services: Sequence[Wanted] = (THERAPY,), sought: Sought = ZEPHYRINE, **said: Any) -> str:
    """One request of our office."""
    told = {"tax_id": OWN, "requester": patients.NPI, "servicing": patients.NPI, **said}
    return door.request(partners.SENDER, sought, services, **told)


def sent(actor: Actor, services: Sequence[Wanted] = (THERAPY,), **said: Any) -> Answer:
    """What comes back for one request."""
    return partners.told(payload(services, **said), actor)


def event(answer: Answer) -> Told:
    """The one event of an answer that took it."""
    assert answer.rejections == []
    (told,) = answer.events
    assert told.rejections == []
    return told


def rejected(answer: Answer) -> list[tuple[str, str]]:
    """Each AAA with where it stands; nothing was kept."""
    assert models.Authorization.objects.count() == 0
    levels = [*answer.rejections, *(one for told in answer.events for one in told.rejections)]
    levels += [one for told in answer.events for each in told.services for one in each.rejections]
    return [(one[0], one[3]) for one in levels]


def uses(function: Function = Function.AUTHORIZATION_SUBMISSION) -> list[tuple[str, str]]:
    """How each request ended, as the audit has it."""
    return [(row.outcome, row.conclusion or ",".join(row.reasons)) for row in world.uses(function=function)]


def kept() -> models.Authorization:
    """The one request there is."""
    return models.Authorization.objects.get()


def test_a_request_is_taken_and_given_back_with_its_number(software: Actor) -> None:
    answer = sent(software)
    told, row = event(answer), kept()
    assert answer.beginning[1:4] == ["0007", "11", "SENT-1"]
    assert answer.beginning[6] == "19"
    assert told.traces[0] == ["2", "EVENT1", "9LAKESIDE1"]
    assert (told.action, told.number, told.references["NT"]) == ("A4", row.number, row.number)
    assert told.review == ["UM", "HS", "I", "", "11:B"]
    assert told.diagnoses == ["ABK:M542"]
    (line,) = told.services
    assert line.traces[0] == ["2", "LINE1", "9LAKESIDE1"]
    assert (line.action, line.line, line.delivery) == ("A4", ["SV1", "HC:97110"], ["VS", "12"])
    assert uses() == [("allowed", "sent_in_review")]


def test_what_was_sent_is_what_is_kept(software: Actor) -> None:
    event(sent(software, (THERAPY, SCAN)))
    row = kept()
    assert (row.kind, row.level, row.line_id, row.place) == ("authorization", "standard", cast.HMO, "11")
    assert (row.member_id, row.diagnoses, row.door) == (patients.ZEPHYRINE, ["M542"], "x12")
    assert [(each.code, int(each.quantity), each.unit) for each in row.services.all()] == [
        ("97110", 12, "VS"),
        ("73721", 1, "UN"),
    ]
    assert {each.role: each.npi for each in row.parties.all()}["servicing"] == patients.NPI


def test_what_a_rule_approves_is_certified_at_once(software: Actor) -> None:
    authorizations.approval_rule()
    answer = sent(software)
    told = event(answer)
    assert answer.beginning[6] == "18"
    assert (told.action, told.number) == ("A1", kept().number)
    days = f"{FIRST_ON:%Y%m%d}-{LAST_ON:%Y%m%d}"
    assert (told.dates["007"], told.dates["102"]) == (days, f"{TODAY:%Y%m%d}")
    assert [one.action for one in told.services] == ["A1"]


def test_what_needs_nobodys_yes_is_said_to_need_none(software: Actor) -> None:
    requirements.say("73721", system="procedure", answer="not_required", key="scans")
    told = event(sent(software, (SCAN,)))
    assert (told.action, told.number) == ("NA", "")


def test_sent_again_it_is_the_same_request(software: Actor) -> None:
    first, again = event(sent(software)), event(sent(software))
    assert first.number == again.number == kept().number
    assert uses() == [("allowed", "sent_in_review"), ("allowed", "sent_before")]


def test_another_event_under_the_same_number_is_another_request(software: Actor) -> None:
    first, other = event(sent(software)), event(sent(software, (SCAN,)))
    assert first.number != other.number


def test_a_double_is_taken_and_told(software: Actor) -> None:
    number = event(sent(software)).number
    told = event(sent(software, reference="SENT-2"))
    assert any(number in words for words in told.messages)


def test_an_urgent_one_is_expedited_with_the_words_sent(software: Actor) -> None:
    event(sent(software, review=URGENT, more=("MSG*THE KNEE LOCKS AND CANNOT BE STRAIGHTENED",)))
    row = kept()
    assert row.level == "expedited"
    assert row.due_at == NOW + timedelta(hours=72)


def test_a_referral_needs_its_own_function(software: Actor) -> None:
    consult = Wanted("", "3", "VS", FIRST_ON, LAST_ON, "3")
    told = event(sent(software, (consult,), review="UM*SC*I*3*11:B"))
    assert (kept().kind, told.services[0].delivery) == ("referral", ["VS", "3"])
    assert [conclusion for _, conclusion in uses(Function.REFERRALS)] == [f"sent_{kept().state}"]


def test_an_admission_is_noticed_with_its_time(software: Actor) -> None:
    stay = Wanted("", "3", "DY", TODAY, TODAY + timedelta(days=3), "48")
    admitted = NOW - timedelta(hours=5)
    at = f"DTP*435*DT*{admitted.astimezone(days.zone()):%Y%m%d%H%M}"
    told = event(
        sent(software, (stay,), review="UM*AR*I*48*21:B", more=(at,), facility=patients.NPI, servicing="")
    )
    row = kept()
    assert (row.kind, row.admitted_at) == ("admission", admitted.replace(second=0, microsecond=0))
    assert told.review[1] == "AR"


def test_an_admission_that_lies_ahead_is_an_authorization(software: Actor) -> None:
    stay = Wanted("", "3", "DY", FIRST_ON, FIRST_ON + timedelta(days=3), "48")
    at = f"DTP*435*D8*{FIRST_ON:%Y%m%d}"
    event(sent(software, (stay,), review="UM*AR*I*48*21:B", more=(at,), facility=patients.NPI))
    assert kept().kind == "authorization"


def test_an_admission_that_lay_ahead_is_the_same_when_it_has_come(software: Actor) -> None:
    requirements.say("48", key="stays")
    stay = Wanted("", "3", "DY", FIRST_ON, FIRST_ON + timedelta(days=3), "48")
    said: dict[str, Any] = {
        "review": "UM*AR*I*48*21:B",
        "more": (f"DTP*435*D8*{FIRST_ON:%Y%m%d}",),
        "facility": patients.NPI,
    }
    number = event(sent(software, (stay,), **said)).number
    later = replace(software, asked_at=NOW + timedelta(days=9), today=TODAY + timedelta(days=9))
    assert event(sent(later, (stay,), **said)).number == number
    told = event(sent(later, (), review="UM*AR*3*48*21:B", diagnoses="", more=(f"REF*BB*{number}",)))
    assert (told.action, kept().state) == ("C", "cancelled")


def test_an_event_without_services_asks_for_its_own(software: Actor) -> None:
    requirements.say("PT", key="all therapy")
    more = (f"DTP*AAH*D8*{FIRST_ON:%Y%m%d}", "HSD*VS*2*WK**35*3")
    told = event(sent(software, (), review="UM*HS*I*PT*11:B", more=more))
    (service,) = kept().services.all()
    assert (service.service_type, str(service.quantity), service.unit) == ("PT", "6.00", "VS")
    assert (told.action, told.services) == ("A4", [])


def test_announced_papers_are_acknowledged(software: Actor) -> None:
    told = event(sent(software, more=("PWK*M1*FX***AC*OURS-77",)))
    assert any(f"under number {kept().number}" in words for words in told.messages)


REFUSED: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a member not known": ({"sought": Sought("NLZZ0000", "QUILLFEATHER")}, [("22", "75")]),
    "another name": ({"sought": Sought(patients.ZEPHYRINE, "OTHERNAME")}, [("22", "73")]),
    "another birth date": (
        {"sought": Sought(patients.ZEPHYRINE, "QUILLFEATHER", "", date(1950, 1, 1))},
        [("22", "71")],
    ),
    "an NPI not known": ({"requester": "1234567893"}, [("21", "51")]),
    "no sound NPI": ({"requester": "12345"}, [("21", "43")]),
    "no sound NPI of who does it": ({"servicing": "12345"}, [("EV", "43")]),
    "no day": ({"services": (), "more": ("HSD*VS*2",)}, [("EV", "57")]),
    "a day too far ahead": (
        {"services": (replace(SCAN, first_on=date(2029, 1, 1), last_on=date(2029, 1, 1)),)},
        [("SS", "62")],
    ),
    "a code that is none": ({"services": (THERAPY, replace(SCAN, code="7372"))}, [("SS", "AG")]),
    "no diagnosis": ({"diagnoses": ""}, [("EV", "AF")]),
    "a diagnosis that is none": ({"diagnoses": "HI*ABK:XXXXXXX9"}, [("EV", "AF")]),
    "a diagnosis of ICD-9": ({"diagnoses": "HI*BK:7231"}, [("EV", "AF")]),
    "an extension": ({"review": "UM*HS*4**11:B"}, [("EV", "33")]),
    "a reservation": ({"review": "UM*IN*I**11:B"}, [("EV", "33")]),
    "no quantity": ({"services": (replace(THERAPY, quantity="0"),)}, [("SS", "33")]),
    "a referral to nobody": ({"review": "UM*SC*I*3*11:B", "servicing": ""}, [("EV", "15")]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_told_where_it_is(software: Actor, name: str) -> None:
    said, expected = REFUSED[name]
    assert rejected(sent(software, **said)) == expected
    assert sum(len(uses(each)) for each in ALL) == 1


def test_another_offices_tax_id_is_refused(software: Actor) -> None:
    assert rejected(sent(software, tax_id=FOREIGN)) == [("21", "41")]
    assert [outcome for outcome, _ in uses()] == ["denied"]


def test_a_partner_without_the_function_is_refused(made: World) -> None:
    assert rejected(sent(machine(made, "eligibility_only"))) == [("21", "41")]


def test_a_request_that_breaks_says_so_and_keeps_nothing(
    software: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**said: Any) -> None:
        raise ValueError("nothing of the patient")

    monkeypatch.setattr("portico.domains.authorizations.exchanging.sending.answered", broken)
    monkeypatch.setattr("portico.domains.authorizations.exchanging.send", broken)
    assert rejected(sent(software)) == [("20", "42")]


CANCEL = "UM*HS*3**11:B"


def test_a_request_is_given_up_by_its_number(software: Actor) -> None:
    number = event(sent(software)).number
    told = event(sent(software, (), review=CANCEL, diagnoses="", more=(f"REF*BB*{number}",)))
    assert (told.action, told.number, kept().state) == ("C", number, "cancelled")
    assert uses()[-1] == ("allowed", "cancelled")
    assert len(uses()) == 2


@pytest.mark.parametrize(
    ("more", "sought", "expected"),
    [
        ((), ZEPHYRINE, ("EV", "T5")),
        (("REF*BB*A000000000",), ZEPHYRINE, ("EV", "AA")),
        (("REF*BB*{number}",), Sought(patients.PERPETUA, "QUILLFEATHER"), ("EV", "AA")),
    ],
)
def test_what_is_not_meant_is_not_given_up(
    software: Actor, more: tuple[str, ...], sought: Sought, expected: tuple[str, str]
) -> None:
    number = event(sent(software)).number
    said = tuple(each.format(number=number) for each in more)
    answer = sent(software, (), sought=sought, review=CANCEL, diagnoses="", more=said)
    assert [(one[0], one[3]) for told in answer.events for one in told.rejections] == [expected]
    assert kept().state == "in_review"


def test_what_was_denied_is_not_given_up(software: Actor) -> None:
    number = authorizations.denied().number
    answer = sent(software, (), review=CANCEL, diagnoses="", more=(f"REF*BB*{number}",))
    assert [(one[0], one[3]) for told in answer.events for one in told.rejections] == [("EV", "33")]
