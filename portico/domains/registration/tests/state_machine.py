"""A machine of applicants, the plan's desk, lists that change, and somebody who tries every door.

What must hold after every step: no account without a recorded match or somebody's approval.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from portico.domains.plan.freshness import Feed
from portico.domains.registration import (
    completion,
    correcting,
    deciding,
    deciding_rules,
    instant,
    models,
    review,
    transaction_ids,
)
from portico.domains.registration.applications import Submitted
from portico.domains.registration.claims import Basis, Field, Finding, Reason
from portico.domains.registration.deciding_rules import Back, Denial
from portico.domains.registration.events import Kind
from portico.domains.registration.matching_rules import NAMED
from portico.domains.registration.review import Case
from portico.domains.registration.tests import registering, waiting
from portico.domains.registration.tests.registering import (
    CLAIM,
    GROUP_NPI,
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
UNDECIDED = ("submitted", "seconding")
DESK = registering.desk()
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
        self.excluded: set[str] = set()

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
    @rule(which=WHICH, reason=st.sampled_from(Back))
    def send_back(self, which: int, reason: Back) -> None:
        row = self.row(which)
        done = deciding.send_back(actor=DESK, number=row.pk, reason=reason, missing=["letter"])
        may = row.state in UNDECIDED
        assert done == ("gone" if not may else "done" if row.returned_at is None else "sent_back_before")

    @precondition(lambda self: self.made)
    @rule(which=WHICH, takes_licence=st.booleans(), joins=st.booleans())
    def vouch_and_approve(self, which: int, takes_licence: bool, joins: bool) -> None:
        for each in self.case(which).fields:
            if not each.is_settled:
                self.vouch(which, each.field)
        self.approve(which, takes_licence=takes_licence, joins=joins)

    @precondition(lambda self: self.made)
    @rule(which=WHICH, takes_licence=st.booleans(), joins=st.booleans())
    def approve(self, which: int, takes_licence: bool, joins: bool) -> None:
        row, case = self.row(which), self.case(which)
        office = case.offices[0].id if joins and case.offices else None
        says: dict[str, Any] = {"takes_licence": takes_licence, "joins": office}
        done = deciding.approve(actor=DESK, number=row.pk, seen=case.seen, **says)
        assert (done == "gone") is (row.state not in UNDECIDED)
        if done == "done":
            self.secrets.append(waiting.secret())

    @precondition(lambda self: self.made)
    @rule(which=WHICH, reason=st.sampled_from(Denial))
    def deny(self, which: int, reason: Denial) -> None:
        row = self.row(which)
        done = deciding.deny(actor=DESK, number=row.pk, reason=reason)
        assert done == ("done" if row.state in deciding_rules.MAY_BE_DENIED else "gone")

    @precondition(lambda self: self.made)
    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        row = self.row(which)
        done = deciding.withdraw(actor=DESK, number=row.pk, why="Something came to light.")
        assert done == ("done" if row.state in (State.MATCHED, State.APPROVED) else "gone")

    @rule(whom=st.sampled_from((NPI, GROUP_NPI)))
    def exclude(self, whom: str) -> None:
        self.excluded.add(whom)
        row = {"npi": whom, "name_key": "X", "last_name": "X", "kind": "1128a1", "as_of": NOW}
        models.Exclusion.objects.get_or_create(key=whom, defaults={**row, "excluded_on": NOW.date()})
        registering.loaded(Feed.EXCLUSIONS)

    @rule()
    def reinstate_everybody(self) -> None:
        self.excluded.clear()
        models.Exclusion.objects.all().delete()

    @rule(is_active=st.booleans())
    def list_the_licence(self, is_active: bool) -> None:
        models.Licence.objects.all().delete()
        registering.licence_list(is_active=is_active)

    @rule(ends=st.booleans())
    def take_part_no_more_or_again(self, ends: bool) -> None:
        last_on = NOW.date() - timedelta(days=1) if ends else None
        apps.get_model("offices", "Participation").objects.update(last_on=last_on)

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
            self.nothing_speaks_against(self.row(which))
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
            self.nothing_speaks_against(self.row(which))
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

    def case(self, which: int) -> Case:
        found = review.case(actor=DESK, number=self.row(which).pk)
        assert found is not None
        return found

    def vouch(self, which: int, field: Field) -> None:
        """Somebody of the plan says that it is right all the same."""
        says: dict[str, Any] = {"finding": Finding.ACCEPTED, "basis": Basis.CALL}
        number, seen = self.row(which).pk, self.case(which).seen
        deciding.check(actor=DESK, number=number, field=field, seen=seen, **says)

    def nothing_speaks_against(self, row: models.Application) -> None:
        """No field is against the account that was just opened, but by the word of somebody of the plan."""
        case = review.case(actor=DESK, number=row.pk)
        assert case is not None
        assert not [each.field for each in case.fields if not each.is_settled]
        vouched = {each.field for each in case.fields if each.word is not None}
        assert row.npi not in self.excluded or Field.EXCLUSIONS in vouched

    def chosen(self) -> dict[str, Any]:
        self.names += 1
        return {"username": f"somebody.new.{self.names}", "password": PASSWORD}


def _agrees(row: models.Application) -> bool:
    """Does the newest check of every field that the provider file knows agree?"""
    newest = dict(row.checks.order_by("pk").values_list("field", "finding"))
    return row.matched_at is not None and all(newest[field] == Finding.AGREES for field in NAMED)
