"""What must hold when many ask at the same moment, each in a transaction of its own."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.apps import apps

from portico.domains.access import access_tokens, machine_sign_in, machines, models
from portico.domains.access.assertions import Refused
from portico.domains.access.machine_sign_in import NotSignedIn
from portico.domains.access.tests import making, signing
from portico.domains.permits.actors import Door, visitor
from tests.support import actors as people
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
VISITOR = visitor(asked_at=making.NOW, today=making.TODAY, door=Door.FHIR)


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()


def an_exchange(assertion: str) -> Callable[[], str]:
    def exchange() -> str:
        try:
            access_tokens.give(
                visitor=VISITOR,
                assertion=assertion,
                audience=signing.AUDIENCE,
                scopes=["system/Coverage.rs"],
            )
        except Refused as refused:
            return str(refused.why)
        return "token"

    return exchange


def assert_one_of(copies: int) -> None:
    made = making.a_client()
    assertion = signing.signed(signing.claims(made.machine.row.sign_in_name))
    outcomes = together([an_exchange(assertion)] * copies)
    assert Counter(outcomes) == {"token": 1, "assertion_replayed": copies - 1}
    assert models.AccessToken.objects.count() == models.Assertion.objects.count() == 1
    rows = apps.get_model("audit", "Entry").objects.filter(function="sign_in")
    assert Counter(rows.values_list("conclusion", flat=True)) == {
        "token_given": 1,
        "assertion_replayed": copies - 1,
    }


def test_of_parallel_copies_of_an_assertion_one_gets_a_token() -> None:
    assert_one_of(4)


@pytest.mark.drill
def test_of_fifty_parallel_copies_of_an_assertion_one_gets_a_token() -> None:
    assert_one_of(50)


def test_parallel_rotations_leave_two_secrets_at_most() -> None:
    made = making.a_partner()
    public_id = made.machine.row.public_id
    secrets = together([lambda: machines.rotate(actor=people.plan_staff(), public_id=public_id)] * 4)

    def is_in(secret: str) -> bool:
        try:
            machine_sign_in.by_password(
                visitor=VISITOR, username=made.machine.row.sign_in_name, secret=secret
            )
        except NotSignedIn:
            return False
        return True

    assert sum(map(is_in, [made.secret or "", *secrets])) == 2
    assert models.MachineSecret.objects.filter(ends_at__isnull=True).count() == 1


def test_of_parallel_revocations_one_is_told() -> None:
    public_id = making.a_partner().machine.row.public_id
    outcomes = together([lambda: machines.revoke(actor=people.plan_staff(), public_id=public_id)] * 4)
    assert sorted(outcomes) == [False, False, False, True]
    notices = apps.get_model("notifications", "Notice").objects.filter(kind="machine_revoked")
    assert notices.count() == 1
