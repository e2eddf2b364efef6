"""Agreeing to terms: to the version that was read, once, with instant and address, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from portico.domains.accounts import models
from portico.domains.accounts.joining import terms
from portico.domains.accounts.joining.terms import Acceptance, Agreement, Asked, Tally
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.domains.plan import policy
from portico.domains.plan import terms as plan_terms
from tests.support import actors
from tests.support.racing import together

pytestmark = pytest.mark.django_db
HOME = "192.0.2.7"


def publish(version: str = "2026-01") -> str:
    made = plan_terms.publish(actor=actors.system(), version=version, text=f"Terms {version}")
    return made.digest


def somebody(username: str = people.NAME, **account: Any) -> Actor:
    return actors.front_desk(user_id=people.make(username).pk, account=Account(**account))


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def test_who_agrees_leaves_version_digest_instant_and_address() -> None:
    actor, digest = somebody(terms_accepted=False), publish()
    assert terms.accept(actor=actor, digest=digest, address=HOME) is Agreement.AGREED
    assert terms.accepted(actor.user_id or 0) == (Acceptance("2026-01", digest, actors.NOW, HOME),)
    assert models.User.objects.get(pk=actor.user_id or 0).terms_digest == digest


def test_what_is_asked_says_which_terms_and_since_when_they_are_agreed_to() -> None:
    actor, digest = somebody(), publish()
    shown = terms.asked(actor=actor)
    assert (shown.terms, shown.agreed_at) == (plan_terms.current(), None)
    assert last_use().conclusion == "terms_shown"
    assert [(each.kind, each.identifier) for each in last_use().subjects.order_by("pk")] == [
        ("terms", "2026-01")
    ]
    terms.accept(actor=actor, digest=digest)
    assert terms.asked(actor=actor).agreed_at == actors.NOW
    publish("2026-02")
    assert terms.asked(actor=actor).agreed_at is None


def test_without_terms_nothing_is_asked() -> None:
    assert terms.asked(actor=somebody()) == Asked(None, None)
    assert last_use().conclusion == "no_terms"


def test_an_address_nobody_knows_is_left_out() -> None:
    actor, digest = somebody(), publish()
    terms.accept(actor=actor, digest=digest)
    assert models.TermsAcceptance.objects.get().address is None
    assert terms.accepted(actor.user_id or 0)[0].address == ""


def test_the_audit_names_the_version_that_was_agreed_to() -> None:
    actor, digest = somebody(), publish()
    terms.accept(actor=actor, digest=digest, address=HOME)
    use = last_use()
    assert (use.function, use.conclusion, use.user_id) == ("own_account", "terms_agreed", actor.user_id)
    assert [(each.kind, each.identifier) for each in use.subjects.order_by("pk")] == [("terms", "2026-01")]


def test_at_the_first_sign_in_it_is_a_step_of_the_activation() -> None:
    actor, digest = somebody(state=AccountState.INVITED), publish()
    terms.accept(actor=actor, digest=digest)
    assert last_use().function == "activation"


def test_a_version_published_while_an_older_one_was_read_is_not_agreed_to() -> None:
    actor, read = somebody(), publish()
    publish("2026-02")
    assert terms.accept(actor=actor, digest=read) is Agreement.OTHER_IN_FORCE
    assert terms.accepted(actor.user_id or 0) == ()
    assert models.User.objects.get(pk=actor.user_id or 0).terms_digest == ""
    assert last_use().conclusion == "other_terms_in_force"


@pytest.mark.parametrize("digest", ["", "x", "0" * 64], ids=["nothing", "no digest", "another's"])
def test_what_is_no_digest_of_the_terms_in_force_agrees_to_nothing(digest: str) -> None:
    publish()
    assert terms.accept(actor=somebody(), digest=digest) is Agreement.OTHER_IN_FORCE


def test_where_no_terms_are_published_there_is_nothing_to_agree_to() -> None:
    assert terms.accept(actor=somebody(), digest="") is Agreement.OTHER_IN_FORCE


def test_who_agrees_twice_agreed_the_first_time() -> None:
    actor, digest = somebody(), publish()
    terms.accept(actor=actor, digest=digest, address=HOME)
    again = replace(actor, asked_at=actors.NOW + timedelta(hours=1))
    assert terms.accept(actor=again, digest=digest, address="192.0.2.8") is Agreement.AGREED
    assert terms.accepted(actor.user_id or 0) == (Acceptance("2026-01", digest, actors.NOW, HOME),)


def test_every_version_agreed_to_stays_the_latest_first() -> None:
    actor, first = somebody(), publish()
    terms.accept(actor=actor, digest=first)
    second = publish("2026-02")
    later = replace(actor, asked_at=actors.NOW + timedelta(days=1))
    terms.accept(actor=later, digest=second)
    assert [each.version for each in terms.accepted(actor.user_id or 0)] == ["2026-02", "2026-01"]


def test_agreeing_makes_the_process_ask_anew_which_terms_are_in_force() -> None:
    actor = somebody()
    stale = policy.current()
    digest = publish()
    terms.accept(actor=actor, digest=digest)
    assert policy.current() != stale


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (Account(state=AccountState.PENDING), Reason.ACCOUNT_PENDING),
        (Account(state=AccountState.SUSPENDED), Reason.ACCOUNT_SUSPENDED),
        (Account(audience="broker"), Reason.WRONG_AUDIENCE),
    ],
    ids=["pending", "suspended", "another audience"],
)
def test_an_account_that_is_not_open_agrees_to_nothing(account: Account, reason: Reason) -> None:
    digest = publish()
    actor = actors.front_desk(user_id=people.make().pk, account=account)
    with pytest.raises(NotPermitted) as refused:
        terms.accept(actor=actor, digest=digest)
    assert refused.value.decision.reasons == (reason,)
    assert last_use().outcome == "denied"
    assert not models.TermsAcceptance.objects.exists()


@pytest.mark.parametrize("actor", [actors.visitor(), actors.system()], ids=["visitor", "system"])
def test_only_people_who_are_signed_in_agree(actor: Actor) -> None:
    digest = publish()
    with pytest.raises(NotPermitted):
        terms.accept(actor=actor, digest=digest)
    with pytest.raises(NotPermitted):
        terms.asked(actor=actor)


def test_the_tally_counts_those_in_use_who_have_yet_to_agree() -> None:
    digest = publish()
    for name in ("ann.one", "bea.two", "cy.three"):
        somebody(name)
    people.make("dee.gone", state="disabled")
    terms.accept(actor=somebody("eve.five"), digest=digest)
    assert terms.tally(actor=actors.plan_staff()) == Tally({digest: 1}, open=3)
    assert (last_use().function, last_use().conclusion) == ("sign_in_rules", "terms_tallied")


def test_without_terms_nobody_has_yet_to_agree() -> None:
    somebody()
    assert terms.tally(actor=actors.plan_staff()) == Tally()


@pytest.mark.parametrize(
    "actor",
    [actors.front_desk(), actors.plan_staff(Desk.SUPPORT), actors.visitor()],
    ids=["end user", "support", "visitor"],
)
def test_only_the_desk_that_publishes_reads_the_tally(actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        terms.tally(actor=actor)


def test_the_database_keeps_one_agreement_a_version() -> None:
    actor, digest = somebody(), publish()
    terms.accept(actor=actor, digest=digest)
    row = models.TermsAcceptance.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_those_who_agree_while_a_version_is_published_nobody_agrees_to_what_they_did_not_read() -> None:
    read = publish()
    people_there = [somebody(f"reader.{number}") for number in range(3)]

    def agree(actor: Actor) -> Callable[[], object]:
        return lambda: terms.accept(actor=actor, digest=read)

    together([*(agree(actor) for actor in people_there), lambda: publish("2026-02")])
    assert {row.digest for row in models.TermsAcceptance.objects.all()} <= {read}
    assert {user.terms_digest for user in models.User.objects.all()} <= {"", read}
    newest = plan_terms.current()
    assert newest is not None
    assert newest.version == "2026-02"
