"""Where a registration stands: by its transaction ID alone, and nobody finds one by trying."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from portico.domains.registration import deciding, following, models, transaction_ids
from portico.domains.registration.claims import Field, Reason
from portico.domains.registration.deciding_rules import Back
from portico.domains.registration.following import Stage, Stand, TooManyTries
from portico.domains.registration.tests import registering, waiting
from portico.domains.registration.tests.registering import (
    CLAIM,
    HOME,
    NOW,
    UNKNOWN_NPI,
    application,
    last_use,
    look,
    submit,
    visitor,
)
from portico.shared.identifiers import BadIdentifier

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def ask(typed: str, *, address: str = HOME, minutes: float = 0) -> following.Status | None:
    return following.look(actor=visitor(minutes=minutes), transaction_id=typed, address=address)


def differing() -> Any:
    return submit(replace(CLAIM, npi=UNKNOWN_NPI))


def test_whoever_knows_the_number_reads_how_it_stands() -> None:
    submitted = differing()
    status = ask(transaction_ids.shown(submitted.transaction_id).lower())
    assert status is not None
    assert (status.stage, status.reason, status.differs) == (
        Stage.IN_REVIEW,
        Reason.NPI_DIFFERS,
        (Field.NPI,),
    )
    assert (status.submitted_at, status.business_left) == (NOW, Decimal(2))
    assert status.due_at == submitted.due_at
    assert (status.may_correct, status.has_changed, status.may_finish) == (True, False, False)
    assert (status.missing, status.link, status.decision, status.decided_at) == ((), None, "", None)
    assert last_use() == (
        "allowed",
        "registration_shown",
        {"registration": str(application().pk)},
    )


def test_nothing_that_was_claimed_or_is_on_file_stands_in_it() -> None:
    said = repr(look(differing()))
    for value in ("Mei", "Tran", UNKNOWN_NPI, "2000000002", "941234567", "A12345", "tran.example"):
        assert value not in said


def test_the_time_left_runs_by_the_plans_clock_and_stops_at_nothing() -> None:
    submitted = differing()
    lefts = [look(submitted, actor=visitor(days=days)).business_left for days in (1, 2, 4, 30)]
    assert lefts == [Decimal(1), Decimal("0.2222"), Decimal(0), Decimal(0)]


def test_the_clock_stands_still_while_it_lies_with_the_applicant() -> None:
    submitted = differing()
    registering.send_back("licence", "letter", at=NOW + DAY)
    status = look(submitted, actor=visitor(days=20))
    assert (status.stage, status.business_left) == (Stage.RETURNED, Decimal(1))
    assert (status.missing, status.may_correct) == (("licence", "letter"), True)
    assert status.back is Back.MORE_NEEDED


@pytest.mark.parametrize("reason", list(Back))
def test_why_it_was_sent_back_is_told_until_it_was_answered(reason: Back) -> None:
    submitted, number = differing(), application().pk
    assert look(submitted).back is None
    sent_back = deciding.send_back(actor=registering.desk(), number=number, reason=reason, missing=["letter"])
    assert sent_back == "done"
    assert look(submitted).back is reason
    registering.hand_in(submitted)
    registering.finish(submitted)
    assert (look(submitted).stage, look(submitted).back) == (Stage.IN_REVIEW, None)


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({"state": "seconding", "first_yes_by": 7}, Stage.IN_REVIEW),
        ({"state": "approved", "decided_at": NOW, "decided_by": 7}, Stage.APPROVED),
        ({"state": "denied", "decided_at": NOW, "decided_by": 7, "decision": "why"}, Stage.DENIED),
        ({"state": "lapsed", "decided_at": NOW, "decided_by": 7}, Stage.LAPSED),
    ],
    ids=["seconding", "approved", "denied", "lapsed"],
)
def test_each_stage_is_told(changes: dict[str, Any], stage: Stage) -> None:
    submitted = differing()
    models.Application.objects.update(**changes)
    status = look(submitted)
    assert (status.stage, status.may_correct) == (stage, False)
    assert status.decision == changes.get("decision", "")
    assert (status.business_left is None) is (stage is not Stage.IN_REVIEW)


@pytest.mark.parametrize(
    ("ending", "stage"),
    [("", Stage.RECOGNISED), ("accepted", Stage.LET_IN), ("refused", Stage.NOT_LET_IN)],
    ids=["waits", "accepted", "refused"],
)
def test_what_became_of_a_wish_to_join_is_told(ending: str, stage: Stage) -> None:
    submitted, office = differing(), waiting.an_office()
    models.Application.objects.update(state="recognised", decided_at=NOW, decision="office_exists")
    wish = {"ended_at": NOW, "ending": ending} if ending else {}
    models.JoinRequest.objects.create(
        application=models.Application.objects.get(), office_id=office.id, made_at=NOW, **wish
    )
    assert look(submitted).stage is stage


def test_what_matched_may_be_finished() -> None:
    status = look(submit())
    assert (status.stage, status.may_finish, status.reason) == (Stage.MATCHED, True, None)
    assert (status.due_at, status.business_left) == (None, None)


def test_how_the_mailed_link_stands_is_told() -> None:
    submitted = differing()
    models.Application.objects.update(state="approved", decided_at=NOW, decided_by=7)
    models.Link.objects.create(
        application=application(), secret_index=b"link", made_at=NOW, expires_at=NOW + DAY
    )
    assert look(submitted).link is Stand.SENT
    assert look(submitted, actor=visitor(days=1)).link is Stand.EXPIRED


def test_an_unknown_number_finds_nothing() -> None:
    submit()
    assert ask(transaction_ids.new()) is None
    assert last_use() == ("allowed", "transaction_id_unknown", {})


def test_five_wrong_numbers_close_the_network_for_an_hour_for_right_ones_too() -> None:
    submitted = submit()
    for minute in range(5):
        assert ask(transaction_ids.new(), minutes=minute) is None
    for typed in (submitted.transaction_id, transaction_ids.new()):
        with pytest.raises(TooManyTries) as refused:
            ask(typed, minutes=5)
        assert refused.value.until == NOW + timedelta(minutes=64)
        assert last_use() == ("allowed", "transaction_id_closed", {})
    assert ask(submitted.transaction_id, address="198.51.100.7", minutes=5) is not None
    assert ask(submitted.transaction_id, minutes=64) is not None


def test_right_numbers_between_wrong_ones_give_no_tries_back() -> None:
    submitted = submit()
    for _ in range(4):
        assert ask(transaction_ids.new()) is None
        assert ask(submitted.transaction_id) is not None
    assert ask(transaction_ids.new()) is None
    with pytest.raises(TooManyTries):
        ask(submitted.transaction_id)


def test_slips_cost_nothing() -> None:
    submitted = submit()
    typed = submitted.transaction_id
    slip = ("0" if typed[0] != "0" else "1") + typed[1:]
    for _ in range(9):
        with pytest.raises(BadIdentifier):
            ask(slip)
    assert ask(typed) is not None
