"""A machine signs in: by username and secret, or by a token; and what is in force at the next request."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from portico.domains.access import access_tokens, machine_sign_in, machines, models
from portico.domains.access.machine_sign_in import NotSignedIn
from portico.domains.access.machines import Created
from portico.domains.access.tests import making, signing
from portico.domains.permits.actors import Actor, ActorKind, Door, visitor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.permits.reasons import Reason
from portico.shared import identifiers
from tests.support import actors as people

pytestmark = pytest.mark.django_db
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _house() -> Iterator[None]:
    making.a_plan()
    making.an_office()
    making.participates(making.affiliated(making.NPI, making.OWN))
    cache.clear()
    yield
    cache.clear()


def asking(after: timedelta = timedelta(0), door: Door = Door.X12) -> Actor:
    """A visitor, so long after now."""
    return visitor(asked_at=making.NOW + after, today=making.TODAY, door=door)


def enter(made: Created, after: timedelta = timedelta(0), *, secret: str | None = None) -> Actor:
    """The partner signs in, with its first secret unless another is given."""
    return machine_sign_in.by_password(
        visitor=asking(after), username=made.machine.row.sign_in_name, secret=secret or made.secret or ""
    )


def is_in(made: Created, after: timedelta = timedelta(0), *, secret: str | None = None) -> bool:
    try:
        enter(made, after, secret=secret)
    except NotSignedIn:
        return False
    return True


def uses() -> list[Any]:
    return list(apps.get_model("audit", "Entry").objects.order_by("pk"))


def a_token(made: Created, *scopes: str, after: timedelta = timedelta(0)) -> str:
    at = asking(after, Door.FHIR)
    said = signing.claims(made.machine.row.sign_in_name, at=at.asked_at)
    return access_tokens.give(
        visitor=at, assertion=signing.signed(said), audience=signing.AUDIENCE, scopes=scopes
    ).text


def by_token(token: str, scope: tuple[str, str] | None = None, after: timedelta = timedelta(0)) -> Actor:
    return machine_sign_in.by_token(visitor=asking(after, Door.FHIR), token=token, scope=scope)


def test_a_partner_comes_in_with_what_it_holds_in_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = making.a_partner(making.a_grant())
    enter(made)
    before = len(uses())
    with django_assert_num_queries(2):
        actor = enter(made)
    assert (actor.kind, actor.door, actor.name) == (ActorKind.MACHINE, Door.X12, "Clearinghouse")
    assert actor.context["tax_id"] == making.OWN
    assert [grant.function for grant in actor.held.all] == [Function.ELIGIBILITY]
    assert len(uses()) == before
    with permit(actor, Function.ELIGIBILITY, tax_id=making.OWN) as given:
        given.conclude("found")
    assert (uses()[-1].machine_id, uses()[-1].actor_kind) == (actor.machine_id, "machine")


def test_a_name_and_a_secret_are_taken_as_people_type_them() -> None:
    made = making.a_partner()
    assert made.secret is not None
    name, secret = made.machine.row.sign_in_name, identifiers.group_reference(made.secret).lower()
    signed_in = machine_sign_in.by_password(visitor=asking(), username=f" {name.upper()} ", secret=secret)
    assert signed_in.machine_id == models.Machine.objects.get().pk


def tries() -> list[tuple[str, str]]:
    """Every way to be somebody else: names and secrets that exist, and that do not."""
    first, second = making.a_partner(), making.a_partner(sender_id="OTHER")
    machines.revoke(actor=people.plan_staff(), public_id=second.machine.row.public_id)
    one, other = first.machine.row.sign_in_name, second.machine.row.sign_in_name
    assert first.secret is not None
    assert second.secret is not None
    return [
        (one, "0" * 32),
        (one, ""),
        (one, first.secret[:-1]),
        (one, f"{first.secret}0"),
        (one, second.secret),
        (other, second.secret),
        (other, first.secret),
        ("nobody", first.secret),
        ("nobody", "0" * 32),
        ("", ""),
        ("", first.secret),
        (f"{one}\x00", first.secret),
        (one, f"{first.secret}\x00"),
        (f"{one}\ud800", first.secret),
        (one, "\ud800é\u0131"),
        (f"{one}%", first.secret),
        ("x" * 100_000, "0" * 100_000),
    ]


def test_whoever_is_somebody_else_is_refused_alike_with_one_row_each() -> None:
    work = set()
    for username, secret in tries():
        before = len(uses())
        with CaptureQueriesContext(connection) as queries, pytest.raises(NotSignedIn) as refused:
            machine_sign_in.by_password(visitor=asking(), username=username, secret=secret)
        (use,) = uses()[before:]
        assert (use.function, use.outcome, use.conclusion) == ("sign_in", "allowed", "machine_not_signed_in")
        assert (use.actor_kind, use.door, use.machine_id) == ("visitor", "x12", None)
        work.add((str(refused.value), refused.value.retry_after, len(queries)))
    assert len(work) == 1, "an unknown name and a wrong secret take the same work and read the same"


def test_a_wrong_try_names_the_machine_it_was_meant_for_and_never_what_was_typed() -> None:
    made = making.a_partner()
    assert not is_in(made, secret="0" * 32)
    known = {each.kind: each.identifier for each in uses()[-1].subjects.order_by("pk")}
    assert known["machine"] == str(models.Machine.objects.get().pk)
    assert made.machine.row.sign_in_name not in known["sign_in_name"]
    with pytest.raises(NotSignedIn):
        machine_sign_in.by_password(visitor=asking(), username="my-password", secret="x")
    unknown = {each.kind: each.identifier for each in uses()[-1].subjects.order_by("pk")}
    assert set(unknown) == {"sign_in_name"}
    assert "my-password" not in unknown["sign_in_name"]


def test_guessing_fills_no_audit_and_is_told_to_wait() -> None:
    made = making.a_partner()
    before = len(uses())
    waits = []
    for _ in range(40):
        with pytest.raises(NotSignedIn) as refused:
            enter(made, secret="0" * 32)
        waits.append(refused.value.retry_after)
    assert waits == [None] * 10 + [60] * 30
    conclusions = [use.conclusion for use in uses()[before:]]
    assert conclusions == ["machine_not_signed_in"] * 10 + ["machine_throttled"]


def test_guessing_never_locks_the_partner_out() -> None:
    made = making.a_partner()
    for _ in range(40):
        assert not is_in(made, secret="0" * 32)
    assert is_in(made)


def test_wrong_tries_are_counted_for_a_minute_by_name_and_address() -> None:
    made = making.a_partner()
    name = made.machine.row.sign_in_name

    def wait(after: timedelta, username: str, peer: str) -> int | None:
        with pytest.raises(NotSignedIn) as refused:
            machine_sign_in.by_password(visitor=asking(after), username=username, secret="0" * 32, peer=peer)
        return refused.value.retry_after

    for _ in range(10):
        wait(timedelta(0), name, "192.0.2.1")
    assert wait(timedelta(seconds=20), name, "192.0.2.1") == 40
    assert wait(timedelta(seconds=20), name, "192.0.2.2") is None
    assert wait(timedelta(seconds=20), "nobody", "192.0.2.1") is None
    assert wait(timedelta(seconds=59), name, "192.0.2.1") == 1
    assert wait(timedelta(seconds=60), name, "192.0.2.1") is None


def test_wrong_tries_of_many_names_from_one_address_leave_so_many_rows_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine_sign_in, "MISSES_OF_AN_ADDRESS", 3)
    made = making.a_partner()
    before = len(uses())
    for number in range(9):
        with pytest.raises(NotSignedIn):
            machine_sign_in.by_password(
                visitor=asking(), username=f"nobody-{number}", secret="0" * 32, peer="192.0.2.1"
            )
    assert [row.conclusion for row in uses()[before:]] == [machine_sign_in.REFUSED] * 3 + [
        machine_sign_in.THROTTLED
    ]
    assert is_in(made)


def test_a_rotation_leaves_no_gap_and_never_more_than_two_secrets() -> None:
    made = making.a_partner()
    public_id, desk = made.machine.row.public_id, people.plan_staff()
    second = machines.rotate(actor=desk, public_id=public_id)
    assert is_in(made)
    assert is_in(made, secret=second)
    assert is_in(made, WEEK - SECOND)
    assert not is_in(made, WEEK)
    assert is_in(made, WEEK, secret=second)
    third = machines.rotate(actor=desk, public_id=public_id, overlap=timedelta(days=1))
    assert not is_in(made)
    assert is_in(made, secret=second)
    assert is_in(made, secret=third)
    assert not is_in(made, timedelta(days=1), secret=second)


def test_a_rotation_without_overlap_ends_the_old_secret_now() -> None:
    made = making.a_partner()
    second = machines.rotate(
        actor=people.plan_staff(), public_id=made.machine.row.public_id, overlap=timedelta(0)
    )
    assert not is_in(made)
    assert is_in(made, secret=second)


def test_a_shorter_overlap_never_lengthens_the_life_of_an_ended_secret() -> None:
    made = making.a_partner()
    public_id = made.machine.row.public_id
    machines.rotate(actor=people.plan_staff(), public_id=public_id, overlap=timedelta(0))
    machines.rotate(actor=people.plan_staff(), public_id=public_id, overlap=WEEK)
    assert not is_in(made)


def test_a_revoked_partner_is_refused_at_its_next_request() -> None:
    made = making.a_partner(making.a_grant())
    assert is_in(made)
    machines.revoke(actor=people.plan_staff(), public_id=made.machine.row.public_id)
    assert not is_in(made)
    assert models.MachineSecret.objects.get().ends_at == making.NOW


def test_when_a_machine_was_here_is_noted_once_a_minute(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = making.a_partner()
    machine = models.Machine.objects.get()
    enter(made)
    machine.refresh_from_db()
    assert machine.last_used_at == making.NOW
    with django_assert_num_queries(2):
        enter(made, timedelta(seconds=59))
    enter(made, timedelta(seconds=60))
    machine.refresh_from_db()
    assert machine.last_used_at == making.NOW + timedelta(seconds=60)


def test_a_token_brings_the_client_in_with_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = making.a_client(making.a_grant())
    token = a_token(made, "system/Coverage.rs")
    by_token(token)
    before = len(uses())
    with django_assert_num_queries(2):
        actor = by_token(token, ("Coverage", "r"))
    assert (actor.kind, actor.door, actor.name) == (ActorKind.MACHINE, Door.FHIR, "Records")
    assert actor.account.in_scope
    assert len(uses()) == before


@pytest.mark.parametrize(
    ("scope", "in_scope"),
    [
        (None, True),
        (("Coverage", "r"), True),
        (("Coverage", "s"), False),
        (("Patient", "r"), False),
        (("Claim", "r"), False),
    ],
)
def test_outside_its_scopes_a_client_is_refused_by_the_permit(
    scope: tuple[str, str] | None, in_scope: bool
) -> None:
    made = making.a_client(making.a_grant())
    actor = by_token(a_token(made, "system/Coverage.r"), scope)
    assert actor.account.in_scope is in_scope
    if not in_scope:
        with pytest.raises(NotPermitted) as refused, permit(actor, Function.ELIGIBILITY, tax_id=making.OWN):
            pass
        assert refused.value.decision.reasons == (Reason.SCOPE_NOT_GRANTED,)


@pytest.mark.parametrize("token", ["", "x", "é", "\ud800", "\x00", "x" * 100_000])
def test_a_token_nobody_was_given_brings_nobody_in_and_leaves_no_row(token: str) -> None:
    a_token(making.a_client(), "system/Coverage.r")
    before = len(uses())
    with pytest.raises(NotSignedIn):
        by_token(token)
    assert len(uses()) == before


def test_a_token_ends_after_five_minutes() -> None:
    token = a_token(making.a_client(), "system/Coverage.r")
    by_token(token, after=timedelta(seconds=299))
    with pytest.raises(NotSignedIn):
        by_token(token, after=timedelta(seconds=300))


def test_a_token_dies_with_its_client() -> None:
    made = making.a_client()
    token = a_token(made, "system/Coverage.r")
    machine = models.Machine.objects.get()
    models.Machine.objects.update(revoked_at=making.NOW)
    with pytest.raises(NotSignedIn):
        by_token(token)
    models.Machine.objects.update(revoked_at=None)
    machines.revoke(actor=people.plan_staff(), public_id=machine.public_id)
    assert not models.AccessToken.objects.exists()


def test_a_grant_taken_back_is_missing_at_the_next_request_of_the_same_token() -> None:
    made = making.a_client(making.a_grant())
    token = a_token(made, "system/Coverage.r")
    with permit(by_token(token), Function.ELIGIBILITY, tax_id=making.OWN):
        pass
    public_id, grant = made.machine.row.public_id, made.machine.grants[0]
    machines.end_grant(actor=people.plan_staff(), public_id=public_id, grant_id=grant.id)
    with (
        pytest.raises(NotPermitted) as refused,
        permit(by_token(token), Function.ELIGIBILITY, tax_id=making.OWN),
    ):
        pass
    assert refused.value.decision.reasons == (Reason.GRANT_EXPIRED,)


def test_a_secret_is_no_token_and_a_token_no_secret() -> None:
    partner, client = making.a_partner(), making.a_client()
    token = a_token(client, "system/Coverage.r")
    with pytest.raises(NotSignedIn):
        by_token(partner.secret or "")
    assert not is_in(partner, secret=token)
