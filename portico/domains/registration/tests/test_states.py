"""Whatever anybody does in whatever order: no account without a recorded match or somebody's approval."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import (
    completion,
    correcting,
    events,
    instant,
    links,
    models,
    transaction_ids,
)
from portico.domains.registration.applications import Submitted
from portico.domains.registration.claims import Finding, Reason
from portico.domains.registration.events import Kind
from portico.domains.registration.matching_rules import NAMED
from portico.domains.registration.tests import registering, waiting
from portico.domains.registration.tests.registering import (
    CLAIM,
    GROUP_TAX_ID,
    HOSPITAL,
    LICENCE,
    NOW,
    NPI,
    OTHER_LICENCE,
    TAX_ID,
    UNKNOWN_NPI,
    UNKNOWN_TAX_ID,
    visitor,
)

PASSWORD = "a pass phrase of her own"
State = models.Application.State
OPEN = ("submitted", "returned", "seconding")
CLAIMS = {
    "on file": CLAIM,
    "slip": replace(CLAIM, licence_number=OTHER_LICENCE),
    "stranger": replace(CLAIM, npi=UNKNOWN_NPI, tax_ids=(UNKNOWN_TAX_ID,), last_name="Bell"),
    "tax id of another": replace(CLAIM, tax_ids=(GROUP_TAX_ID,)),
    "hospital": HOSPITAL,
}
FIXES = {"licence_number": LICENCE, "npi": NPI, "tax_ids": TAX_ID, "last_name": "Tran"}
WHICH = st.integers(0, 9)


class Registrations(RuleBasedStateMachine):
    """Applicants, the desk, and somebody who tries every door that opens an account."""

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        self.around = transaction.atomic()
        self.around._from_testcase = True  # type: ignore[attr-defined]  # permits are durable
        self.around.__enter__()
        self.made: list[Submitted] = []
        self.secrets: list[str] = []
        self.names = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @initialize()
    def a_plan(self) -> None:
        registering.a_plan()

    @rule(claim=st.sampled_from(sorted(CLAIMS)))
    def submit(self, claim: str) -> None:
        number = len(self.made)
        address = f"203.0.113.{number + 1}"
        self.made.append(registering.submit(CLAIMS[claim], mark=f"mark {number}", address=address))

    @precondition(lambda self: self.made)
    @rule(which=WHICH, field=st.sampled_from(sorted(FIXES)), ends=st.booleans())
    def correct(self, which: int, field: str, ends: bool) -> None:
        chosen = self.made[which % len(self.made)]
        may = registering.look(chosen).may_correct
        try:
            assert self.changed(chosen, field) is may
        except correcting.BadClaim:
            assert field == "licence_number"  # a hospital has none
        if ends:
            registering.finish(chosen)

    @precondition(lambda self: self.made)
    @rule(which=WHICH)
    def send_back(self, which: int) -> None:
        row = self.row(which)
        if row.state == State.SUBMITTED and row.returned_at is None:
            self.put(row, Kind.RETURNED, state=State.RETURNED, returned_at=NOW)

    @precondition(lambda self: self.made)
    @rule(which=WHICH)
    def approve(self, which: int) -> None:
        row = self.row(which)
        if row.state in OPEN:
            decided = {"decided_at": NOW, "decided_by": registering.desk().user_id, "due_at": None}
            self.put(row, Kind.APPROVED, state=State.APPROVED, **decided)
            with permit(registering.desk(), Function.REGISTRATION_REVIEW) as given:
                links.send(given, row)
            self.secrets.append(waiting.secret())

    @precondition(lambda self: self.made)
    @rule(which=WHICH)
    def deny(self, which: int) -> None:
        row = self.row(which)
        if row.state in (*OPEN, State.APPROVED):
            decided = {"decided_at": NOW, "decided_by": registering.desk().user_id}
            self.put(row, Kind.DENIED, state=State.DENIED, **decided)
            with permit(registering.desk(), Function.REGISTRATION_REVIEW) as given:
                links.end(given, row, models.Link.Ending.DENIED)

    @precondition(lambda self: self.made)
    @rule(which=WHICH)
    def the_database_takes_no_approval_of_nobody(self, which: int) -> None:
        row = self.row(which)
        for state in (State.APPROVED, State.MATCHED, State.COMPLETED):
            if row.matched_at is None and row.decided_by is None:
                with pytest.raises(IntegrityError), transaction.atomic():
                    models.Application.objects.filter(pk=row.pk).update(state=state, decided_at=NOW)

    @precondition(lambda self: self.made)
    @rule(which=WHICH, by_mark=st.booleans())
    def try_to_come_in_at_once(self, which: int, by_mark: bool) -> None:
        number = which % len(self.made)
        was = self.row(which).state
        said: dict[str, Any] = {"mark": f"mark {number}"}
        if not by_mark:
            said = {"transaction_id": self.made[number].transaction_id}
        try:
            instant.complete(actor=visitor(), address="198.51.100.1", **self.chosen(), **said)
            assert was == State.MATCHED
        except (instant.NothingToComplete, instant.Lost):
            assert self.row(which).state != State.COMPLETED or was == State.COMPLETED

    @precondition(lambda self: self.made)
    @rule(which=WHICH, link=WHICH)
    def try_to_come_in_by_a_link(self, which: int, link: int) -> None:
        secrets = [*self.secrets, "A" * 43]
        was = self.row(which).state
        said = {"secret": secrets[link % len(secrets)], "transaction_id": self.of(which).transaction_id}
        try:
            completion.complete(actor=visitor(), address="198.51.100.2", **self.chosen(), **said)
            assert was == State.APPROVED
        except (completion.DeadLink, completion.WrongId, completion.Lost):
            assert self.row(which).state != State.COMPLETED or was == State.COMPLETED

    @invariant()
    def every_account_stands_on_a_match_or_an_approval(self) -> None:
        completed = models.Application.objects.filter(state=State.COMPLETED)
        users = apps.get_model("accounts", "User").objects.values_list("pk", flat=True)
        assert set(users) == set(completed.values_list("user_id", flat=True))
        assert len(users) == len(completed)
        for row in completed:
            assert row.decided_by is not None or _agrees(row)
            kinds = set(row.events.values_list("kind", flat=True))
            assert kinds & {Kind.MATCHED, Kind.APPROVED}

    @invariant()
    def every_reason_is_one_and_every_open_one_has_a_due_time(self) -> None:
        for row in models.Application.objects.all():
            assert row.reason == "" or Reason(row.reason)
            assert row.state not in OPEN or row.due_at is not None

    def changed(self, chosen: Submitted, field: str) -> bool:
        said = {"transaction_id": chosen.transaction_id, "address": "203.0.113.200"}
        return correcting.correct(actor=visitor(), changes={field: FIXES[field]}, **said)

    def of(self, which: int) -> Submitted:
        return self.made[which % len(self.made)]

    def row(self, which: int) -> models.Application:
        index = transaction_ids.index(self.of(which).transaction_id)
        return models.Application.objects.get(transaction_index=index)

    def put(self, row: models.Application, kind: Kind, **values: Any) -> None:
        """As the desk would."""
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        with permit(registering.desk(), Function.REGISTRATION_REVIEW) as given:
            events.note(given, row, kind)

    def chosen(self) -> dict[str, Any]:
        self.names += 1
        return {"username": f"somebody.new.{self.names}", "password": PASSWORD}


def _agrees(row: models.Application) -> bool:
    """Does the newest check of every field that the provider file knows agree?"""
    newest = dict(row.checks.order_by("pk").values_list("field", "finding"))
    return row.matched_at is not None and all(newest[field] == Finding.AGREES for field in NAMED)


@pytest.mark.django_db
def test_no_account_without_a_match_or_an_approval() -> None:
    run_state_machine_as_test(
        Registrations,
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=timedelta(minutes=1),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_both_roads_lead_in_and_no_further() -> None:
    machine = Registrations()
    machine.a_plan()
    machine.submit("on file")
    machine.submit("hospital")
    machine.approve(1)
    for _ in range(2):
        machine.try_to_come_in_at_once(0, by_mark=True)
        machine.try_to_come_in_by_a_link(1, link=0)
    machine.every_account_stands_on_a_match_or_an_approval()
    states = models.Application.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["completed", "completed"]
    machine.teardown()
