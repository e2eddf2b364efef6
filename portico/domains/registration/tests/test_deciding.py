"""The desk decides: who may, on what was read, what keeps a yes back, and what a decision leaves behind."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from portico.domains.permits.actors import Account, Actor
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.registration import deciding, links, models, transaction_ids
from portico.domains.registration.claims import Basis, Field, Finding
from portico.domains.registration.deciding import Outcome
from portico.domains.registration.deciding_rules import MISSING, Back, Denial, Obstacle
from portico.domains.registration.links import Stand
from portico.domains.registration.tests import deciding_on, registering
from portico.domains.registration.tests.deciding_on import accept, ana, approve, ben, case, happened, row
from portico.domains.registration.tests.registering import NOW, TAX_ID, last_use, mails
from tests.support import actors as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def agreeing_physician() -> int:
    """A physician of whom everything agrees, but the licence list knows an old name: so the desk looks."""
    number = deciding_on.unsettled()
    models.Application.objects.filter(pk=number).update(last_name="Tran")
    return number


ACTS: dict[str, Callable[[Actor, int], Any]] = {
    "check": lambda actor, number: deciding.check(
        actor=actor, number=number, field=Field.NAME, finding=Finding.ACCEPTED, basis=Basis.CALL, seen=0
    ),
    "send_back": lambda actor, number: deciding.send_back(
        actor=actor, number=number, reason=Back.MORE_NEEDED, missing=["photo_id"]
    ),
    "approve": lambda actor, number: deciding.approve(actor=actor, number=number, seen=0),
    "deny": lambda actor, number: deciding.deny(actor=actor, number=number, reason=Denial.NOT_VERIFIED),
    "recognise": lambda actor, number: deciding.recognise(actor=actor, number=number, office_id=1),
    "reissue": lambda actor, number: deciding.reissue(actor=actor, number=number, proof="Called back.")[0],
    "renew_link": lambda actor, number: deciding.renew_link(actor=actor, number=number),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_desk_without_registrations_decides_nothing(act: str) -> None:
    number = deciding_on.waiting()
    with pytest.raises(NotPermitted):
        ACTS[act](people.plan_staff(Desk.MEMBER_SERVICES), number)
    assert last_use()[0] == "denied"
    assert row(number).state == "submitted"


@pytest.mark.parametrize("act", ACTS)
def test_every_decision_is_sensitive(act: str) -> None:
    number = deciding_on.waiting()
    with pytest.raises(NotPermitted):
        ACTS[act](replace(ana(), account=Account(proven_lately=False)), number)


@pytest.mark.parametrize("act", ACTS)
def test_what_is_nobodys_application_is_gone(act: str) -> None:
    assert ACTS[act](ana(), 999_999) is Outcome.GONE
    assert last_use()[1].endswith("_gone")


@pytest.mark.parametrize("act", ["check", "send_back", "approve", "deny", "recognise", "reissue"])
def test_nobody_decides_on_their_own_application(act: str) -> None:
    number = deciding_on.waiting(email="Own@plan.example")
    own = deciding_on.somebody("olga.own", email="own@plan.example")
    assert case(number, own).stops == "own_case"
    assert ACTS[act](own, number) is Outcome.STOPPED
    assert last_use()[1].endswith("_stopped")
    assert row(number).state == "submitted"


def test_what_agrees_is_approved_and_the_applicant_is_mailed_a_link() -> None:
    number = deciding_on.waiting()
    assert case(number).obstacles == ()
    assert approve(number) is Outcome.DONE
    found = row(number)
    assert (found.state, found.decision, found.decided_by) == ("approved", "approved", ana().user_id)
    assert found.turnaround == Decimal("0.0019")
    assert mails("registration_link") == [found.email]
    assert [kind for kind, _ in happened(number)] == ["submitted", "approved", "link_sent"]
    assert last_use() == ("allowed", "registration_approved", {"registration": str(number)})


def test_a_field_that_does_not_agree_keeps_a_yes_back_until_a_person_gives_their_word() -> None:
    number = deciding_on.unsettled()
    assert case(number).obstacles == (Obstacle.NOT_SETTLED,)
    assert approve(number) is Outcome.OBSTRUCTED
    assert last_use()[1] == "registration_not_approved_obstructed"
    assert accept(number) is Outcome.DONE
    assert last_use() == ("allowed", "registration_checked", {"registration": str(number)})
    assert case(number).obstacles == ()
    assert approve(number) is Outcome.DONE


def test_a_word_against_a_field_that_agrees_keeps_a_yes_back() -> None:
    number = deciding_on.waiting()
    deciding.check(
        actor=ana(), number=number, field=Field.NPI, finding=Finding.REJECTED, basis=Basis.CALL, seen=0
    )
    assert approve(number) is Outcome.OBSTRUCTED
    accept(number, Field.NPI)
    assert approve(number) is Outcome.DONE


def test_a_word_by_a_document_takes_a_clean_document() -> None:
    submitted = registering.submit(replace(registering.CLAIM, last_name="Trinh"), mark="")
    number = registering.application().pk
    assert accept(number, basis=Basis.DOCUMENT) is Outcome.NO_DOCUMENT
    registering.hand_in(submitted)
    models.Document.objects.update(scan="waiting")
    assert accept(number, basis=Basis.DOCUMENT) is Outcome.NO_DOCUMENT
    models.Document.objects.update(scan="clean")
    assert accept(number, basis=Basis.DOCUMENT) is Outcome.DONE


@pytest.mark.parametrize(
    ("finding", "basis"),
    [(Finding.AGREES, Basis.CALL), (Finding.ACCEPTED, Basis.PROVIDER_FILE)],
    ids=["finding", "basis"],
)
def test_a_person_accepts_or_rejects_by_what_a_person_can_do(finding: Finding, basis: Basis) -> None:
    number = deciding_on.unsettled()
    with pytest.raises(ValueError, match="a person accepts or rejects"):
        deciding.check(actor=ana(), number=number, field=Field.NAME, finding=finding, basis=basis, seen=0)


def test_a_field_that_is_not_compared_takes_no_word() -> None:
    number = deciding_on.waiting()
    assert accept(number, Field.LICENCE) is Outcome.GONE


def test_an_exclusion_keeps_a_yes_back_until_somebody_has_looked() -> None:
    registering.excluded(npi=registering.GROUP_NPI)
    number = deciding_on.waiting()
    assert approve(number) is Outcome.OBSTRUCTED
    accept(number, Field.EXCLUSIONS, basis=Basis.PUBLIC_REGISTRY)
    assert approve(number) is Outcome.DONE


def test_an_exclusion_found_after_a_word_takes_the_word_away() -> None:
    number = deciding_on.waiting()
    accept(number, Field.EXCLUSIONS)
    registering.excluded(npi=registering.GROUP_NPI)
    assert case(number).obstacles == (Obstacle.NOT_SETTLED,)
    assert approve(number) is Outcome.OBSTRUCTED


def test_what_the_applicant_changes_takes_the_words_away_and_stops_who_has_not_read_it() -> None:
    submitted = registering.submit(replace(registering.CLAIM, last_name="Trinh"), mark="")
    number = registering.application().pk
    accept(number)
    seen = case(number).seen
    registering.correct(submitted, actor=registering.visitor(minutes=5), last_name="Wrong")
    assert deciding.approve(actor=ana(10), number=number, seen=seen) is Outcome.CHANGED
    assert last_use()[1] == "registration_not_approved_changed"
    assert case(number).obstacles == (Obstacle.NOT_SETTLED,)
    assert approve(number, actor=ana(10)) is Outcome.OBSTRUCTED
    assert accept(number, actor=ana(11)) is Outcome.DONE
    assert approve(number, actor=ana(12)) is Outcome.DONE


def test_a_provider_file_that_has_come_to_agree_needs_nobodys_word() -> None:
    number = agreeing_physician()
    assert case(number).obstacles == ()
    assert approve(number) is Outcome.DONE
    newest = models.Check.objects.filter(application=number, field="name").latest("pk")
    assert (newest.finding, newest.by) == ("agrees", None)


def test_a_licence_somebody_owns_passes_on_only_where_it_is_said() -> None:
    registering.owned()
    number = deciding_on.waiting_physician()
    assert case(number).obstacles == (Obstacle.LICENCE_CLAIMED,)
    assert case(number).owner == "Owners"
    assert approve(number) is Outcome.OBSTRUCTED
    assert approve(number, takes_licence=True) is Outcome.DONE
    assert row(number).reason == "licence_claimed"


def test_an_office_that_is_here_is_joined_only_where_it_is_said() -> None:
    office = registering.an_office(registering.GROUP_TAX_ID)
    number = deciding_on.waiting_with_office()
    assert [each.name for each in case(number).offices] == ["Here already"]
    assert case(number).obstacles == (Obstacle.OFFICE_EXISTS,)
    assert approve(number) is Outcome.OBSTRUCTED
    assert approve(number, joins=office + 1) is Outcome.OBSTRUCTED
    assert approve(number, joins=office) is Outcome.DONE
    assert row(number).office_id == office


def test_two_offices_are_never_joined() -> None:
    for tax_id in (TAX_ID, registering.GROUP_TAX_ID):
        office = registering.an_office(tax_id)
    number = deciding_on.waiting_with_office(tax_ids=(TAX_ID, registering.GROUP_TAX_ID))
    assert Obstacle.SEVERAL_OFFICES in case(number).obstacles
    accept(number, Field.TAX_ID)
    accept(number, Field.NAME)
    assert approve(number, joins=office) is Outcome.OBSTRUCTED


def test_the_first_of_two_yeses_lets_nobody_in() -> None:
    number = four_eyes()
    assert approve(number) is Outcome.SECONDING
    assert last_use() == ("allowed", "registration_seconded", {"registration": str(number)})
    found = row(number)
    assert (found.state, found.first_yes_by, found.decided_by) == ("seconding", ana().user_id, None)
    assert mails("registration_link") == []
    assert case(number, ana()).stops_yes == "said_yes_first"
    assert case(number, ben()).stops_yes is None
    assert approve(number, actor=ben()) is Outcome.DONE
    assert (row(number).state, row(number).decided_by) == ("approved", ben().user_id)


def test_the_second_yes_is_another_persons() -> None:
    number = four_eyes()
    approve(number)
    same = deciding_on.somebody("ana.again", email="ana.ops@plan.example")
    for who in (ana(), same):
        assert approve(number, actor=who) is Outcome.STOPPED
    assert row(number).state == "seconding"


@pytest.mark.parametrize("by_first", [True, False], ids=["first invited second", "second invited first"])
def test_the_second_yes_is_of_nobody_one_has_invited(by_first: bool) -> None:
    number = four_eyes()
    approve(number)
    made, maker = (ben(), ana()) if by_first else (ana(), ben())
    apps.get_model("accounts", "Invitation").objects.create(
        user_id=made.user_id or 0,
        invited_by=maker.user_id,
        kind="link",
        made_at=NOW,
        expires_at=NOW,
        secret_index=b"i" * 16,
    )
    assert case(number, ben()).stops_yes == "invited"
    assert approve(number, actor=ben()) is Outcome.STOPPED


def test_the_second_yes_is_to_what_the_first_said() -> None:
    registering.owned()
    number = deciding_on.waiting_physician()
    models.Application.objects.filter(pk=number).update(four_eyes=True)
    approve(number, takes_licence=True)
    assert case(number, ben()).obstacles == ()
    office = registering.an_office()
    assert approve(number, actor=ben(), joins=office) is Outcome.OBSTRUCTED


def test_an_application_goes_back_once_and_the_clock_stands_still() -> None:
    number = deciding_on.unsettled()
    sent = deciding.send_back(
        actor=ana(), number=number, reason=Back.DIFFERS, missing=["licence", "last_name"]
    )
    assert sent is Outcome.DONE
    assert last_use() == ("allowed", "registration_returned", {"registration": str(number)})
    found = row(number)
    assert (found.state, found.returned_at) == ("returned", ana().asked_at)
    assert happened(number)[-3:] == [
        ("returned", "differs"),
        ("missing", "last_name"),
        ("missing", "licence"),
    ]
    assert mails("registration_returned") == [found.email]
    assert approve(number) is Outcome.GONE


def test_a_hospital_is_not_asked_to_correct_a_licence() -> None:
    number = deciding_on.waiting()
    deciding.send_back(
        actor=ana(), number=number, reason=Back.DIFFERS, missing=["licence_number", "office_name"]
    )
    assert happened(number)[-2:] == [("returned", "differs"), ("missing", "office_name")]
    other, missing = deciding_on.waiting(), ["licence_number"]
    asked = deciding.send_back(actor=ana(), number=other, reason=Back.DIFFERS, missing=missing)
    assert (asked, row(other).state) == (Outcome.GONE, "submitted")


def test_it_is_not_sent_back_a_second_time() -> None:
    number = deciding_on.unsettled()
    ACTS["send_back"](ana(), number)
    models.Application.objects.filter(pk=number).update(state="submitted")
    assert ACTS["send_back"](ana(), number) is Outcome.SENT_BACK_BEFORE
    assert last_use()[1] == "registration_not_returned_sent_back_before"


def test_sending_back_takes_a_first_yes_away() -> None:
    number = four_eyes()
    approve(number)
    assert ACTS["send_back"](ben(), number) is Outcome.DONE
    assert row(number).first_yes_by is None


@pytest.mark.parametrize("missing", [[], ["the moon"], ["email"]], ids=["nothing", "unknown", "mail address"])
def test_an_applicant_is_asked_for_what_can_be_given(missing: list[str]) -> None:
    number = deciding_on.unsettled()
    with pytest.raises(ValueError, match="an applicant is asked"):
        deciding.send_back(actor=ana(), number=number, reason=Back.MORE_NEEDED, missing=missing)
    assert "email" not in MISSING


@pytest.mark.parametrize("reason", Denial)
def test_a_denial_says_why_and_is_mailed(reason: Denial) -> None:
    number = deciding_on.waiting()
    assert deciding.deny(actor=ana(), number=number, reason=reason) is Outcome.DONE
    assert last_use() == ("allowed", "registration_denied", {"registration": str(number)})
    found = row(number)
    assert (found.state, found.decision, found.decided_by) == ("denied", reason, ana().user_id)
    assert found.turnaround is not None
    assert mails("registration_denied") == [found.email]
    assert happened(number)[-1] == ("denied", reason)
    assert ACTS["deny"](ana(), number) is Outcome.GONE


def test_a_denial_ends_the_link_of_what_was_approved() -> None:
    number = deciding_on.waiting()
    approve(number)
    before = row(number).turnaround
    assert ACTS["deny"](ben(3), number) is Outcome.DONE
    assert links.stand(row(number), at=NOW) is Stand.DEAD
    assert row(number).turnaround == before
    assert ACTS["renew_link"](ana(), number) is Outcome.GONE


def test_who_said_the_first_yes_may_still_say_no() -> None:
    number = four_eyes()
    approve(number)
    assert ACTS["deny"](ana(), number) is Outcome.DONE


def test_an_office_that_is_here_is_recognised_for_its_administrators() -> None:
    office = registering.an_office(registering.GROUP_TAX_ID)
    number = deciding_on.waiting_with_office()
    assert deciding.recognise(actor=ana(), number=number, office_id=office + 1) is Outcome.GONE
    assert deciding.recognise(actor=ana(), number=number, office_id=office) is Outcome.DONE
    assert last_use()[1] == "registration_recognised"
    found = row(number)
    assert (found.state, found.decided_by) == ("recognised", ana().user_id)
    assert found.turnaround is not None
    assert mails("registration_news") == [found.email]


def test_a_new_transaction_id_takes_the_place_of_the_old_one() -> None:
    submitted = registering.submit(registering.HOSPITAL)
    number = registering.application().pk
    outcome, new = deciding.reissue(actor=ana(), number=number, proof=" Called the number on file. ")
    assert outcome is Outcome.DONE
    assert new != submitted.transaction_id
    assert bytes(row(number).transaction_index) == transaction_ids.index(new)
    assert last_use() == ("allowed", "registration_reissued", {"registration": str(number)})
    assert case(number).timeline[-1].text == "Called the number on file."
    assert mails("registration_news") == [row(number).email]
    assert not models.Draft.objects.exists()


@pytest.mark.parametrize("proof", ["", "  ", "x" * 2001], ids=["nothing", "blank", "too long"])
def test_no_transaction_id_without_a_note_of_the_proof(proof: str) -> None:
    number = deciding_on.waiting()
    with pytest.raises(ValueError, match="is noted"):
        deciding.reissue(actor=ana(), number=number, proof=proof)


def test_what_matched_gets_no_new_transaction_id() -> None:
    registering.submit()
    number = registering.application().pk
    assert row(number).state == "matched"
    assert deciding.reissue(actor=ana(), number=number, proof="Called.") == (Outcome.GONE, "")


def test_a_link_is_renewed_five_times_a_day() -> None:
    number = deciding_on.waiting()
    approve(number)
    assert [ACTS["renew_link"](ana(2), number) for _ in range(5)] == [Outcome.DONE] * 4 + [
        Outcome.TOO_MANY_TODAY
    ]
    assert last_use()[1] == "registration_not_link_renewed_too_many_today"
    assert models.Link.objects.filter(application=number, ended_at=None).count() == 1


def four_eyes() -> int:
    """An application to which two people have to say yes."""
    number = deciding_on.waiting()
    models.Application.objects.filter(pk=number).update(four_eyes=True)
    return number
