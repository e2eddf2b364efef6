"""The plan's table of when identity is verified: who may change it, to what, what the audit keeps."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps

from portico.domains.permits.actors import Account, Actor, PersonaKind
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.domains.permits.verification import PATIENT_DATA, PLAN, REACTIVATED, Rule, Verification
from portico.domains.plan import models, policy, verification_rules, verification_table
from portico.domains.plan.verification_rules import CannotSet
from portico.domains.plan.verification_table import Changed
from tests.support import actors
from tests.support.actors import NOW
from tests.support.racing import together

PROVERS = ("desk", "documents", "contact", "openid_connect")
TABLE = (
    Rule("hospital", "end_user", PATIENT_DATA, REACTIVATED, ("documents", "desk"), 365),
    Rule(functions=PATIENT_DATA, provers=("contact",)),
)
OPERATIONS = actors.plan_staff(persona_id=93)


def replace_all(*rules: Rule, actor: Actor = OPERATIONS, was: str = "") -> None:
    verification_table.replace(actor=actor, rules=rules, provers=PROVERS, was=was)


def last_use() -> tuple[str, str, list[tuple[str, str]]]:
    """The outcome, conclusion and subjects of the latest audit row."""
    use = apps.get_model("audit", "Entry").objects.order_by("-pk")[0]
    subjects = use.subjects.order_by("pk").values_list("kind", "identifier")
    return use.outcome, use.conclusion, list(subjects)


@pytest.mark.django_db
def test_without_a_table_the_default_is_asked() -> None:
    assert verification_table.read() == verification_table.Table(policy.DEFAULT_RULES, is_default=True)


@pytest.mark.django_db
def test_a_table_takes_the_place_of_the_one_before_at_once() -> None:
    assert policy.current().rules == policy.DEFAULT_RULES
    replace_all(*TABLE)
    assert verification_table.read() == verification_table.Table(TABLE, is_default=False)
    assert policy.current().rules == TABLE
    replace_all(TABLE[1])
    assert policy.current().rules == (TABLE[1],)


@pytest.mark.django_db
def test_no_rows_at_all_bring_the_default_back() -> None:
    replace_all(*TABLE)
    replace_all()
    assert verification_table.read().is_default
    assert last_use()[:2] == ("allowed", "sign_in_rules_reset")


@pytest.mark.django_db
def test_the_audit_keeps_the_table_before_and_after() -> None:
    replace_all(*TABLE)
    replace_all(TABLE[1])
    outcome, conclusion, subjects = last_use()
    assert (outcome, conclusion) == ("allowed", "sign_in_rules_replaced")
    assert subjects == [
        ("sign_in_rules", "table"),
        ("rule_was", "1. hospital end_user patient_data reactivated"),
        ("rule_was", "1= documents desk 365"),
        ("rule_was", "2. * * patient_data *"),
        ("rule_was", "2= contact 0"),
        ("rule_is", "1. * * patient_data *"),
        ("rule_is", "1= contact 0"),
    ]


@pytest.mark.django_db
def test_the_longest_row_fits_into_the_audit() -> None:
    longest = Rule(
        max(verification_rules.ACCOUNT_TYPES, key=len),
        max(PersonaKind, key=len),
        max(verification_rules.askable(), key=len),
        REACTIVATED,
        ("x" * 34, "y" * 35),
        3650,
    )
    verification_table.replace(actor=OPERATIONS, rules=[longest], provers=longest.provers)
    assert max(len(text) for _, text in last_use()[2]) <= 80


BAD: dict[str, tuple[Rule, str]] = {
    "type of account": (Rule(account_type="pharmacy"), "no type of account"),
    "persona": (Rule(persona="owner"), "no persona"),
    "function": (Rule(functions="levitation"), "no function"),
    "function of the system": (Rule(functions="loading"), "no function"),
    "open function": (Rule(functions="sign_in"), "no function"),
    "own account": (Rule(functions="own_account"), "no function"),
    "first sign-in": (Rule(functions="activation"), "no function"),
    "state": (Rule(state="disabled"), "no state"),
    "prover": (Rule(provers=("fax",)), "no way to prove"),
    "prover twice": (Rule(provers=("desk", "desk")), "twice"),
    "negative days": (Rule(provers=("desk",), days=-1), "0 to 3650"),
    "too many days": (Rule(provers=("desk",), days=3651), "0 to 3650"),
    "the same again": (TABLE[1], "already"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "says"), BAD.values(), ids=list(BAD))
def test_what_no_row_can_say_changes_nothing(rule: Rule, says: str) -> None:
    with pytest.raises(CannotSet, match=says) as caught:
        replace_all(TABLE[1], rule)
    assert caught.value.row == 2
    assert verification_table.read().is_default
    assert last_use()[:2] == ("crashed", "CannotSet")


@pytest.mark.django_db
def test_a_table_has_thirty_rows_at_most() -> None:
    rows = [Rule(functions=PATIENT_DATA, provers=("desk",), days=days) for days in range(31)]
    replace_all(*rows[:30])
    with pytest.raises(CannotSet, match="30 rows"):
        replace_all(*rows)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (actors.plan_staff(Desk.SUPPORT), Reason.FUNCTION_NOT_GRANTED),
        (actors.plan_staff(Desk.MEMBER_SERVICES), Reason.FUNCTION_NOT_GRANTED),
        (actors.administrator(), Reason.FUNCTION_NOT_GRANTED),
        (actors.plan_staff(account=Account(second_factor=False)), Reason.STEP_UP_REQUIRED),
        (actors.plan_staff(account=Account(proven_lately=False)), Reason.CONFIRMATION_REQUIRED),
        (actors.visitor(), Reason.NOT_SIGNED_IN),
    ],
    ids=["support", "member services", "an administrator", "without a factor", "not lately", "a visitor"],
)
def test_who_may_not_change_it_is_told_why(actor: Actor, reason: Reason) -> None:
    with pytest.raises(NotPermitted) as caught:
        replace_all(*TABLE, actor=actor)
    assert caught.value.decision.reasons == (reason,)
    assert verification_table.read().is_default
    assert last_use()[0] == "denied"


@pytest.mark.django_db
def test_nobody_shuts_himself_out() -> None:
    shut = Rule(PLAN, "", Function.SIGN_IN_RULES, provers=("documents",))
    with pytest.raises(CannotSet, match="close the sign-in rules to you"):
        replace_all(shut)
    verified = Account(verification=Verification((), {"documents": NOW}))
    replace_all(shut, actor=replace(OPERATIONS, account=verified))
    assert policy.current().rules == (shut,)


@pytest.mark.django_db
def test_the_operator_may_set_what_shuts_the_staff_out() -> None:
    replace_all(Rule(PLAN, provers=("documents",)), actor=actors.system())
    assert not verification_table.read().is_default


@pytest.mark.django_db
def test_a_table_that_a_colleague_changed_meanwhile_is_not_overwritten() -> None:
    seen = verification_table.read().version
    replace_all(TABLE[1], was=seen)
    with pytest.raises(Changed):
        replace_all(TABLE[0], was=seen)
    assert verification_table.read().rules == (TABLE[1],)
    replace_all(TABLE[0], was=verification_table.read().version)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_change_it_at_once_one_does() -> None:
    models.Profile.objects.create(
        id=1, name="Lake Plan", short_name="Lake", telephone="1", support_email="x@example.org"
    )
    seen = verification_table.read().version

    def change(days: int) -> bool:
        try:
            replace_all(replace(TABLE[1], days=days), was=seen)
        except Changed:
            return False
        return True

    done = together([lambda days=days: change(days) for days in range(1, 5)])  # type: ignore[misc]
    assert sorted(done) == [False, False, False, True]
    assert models.VerificationRule.objects.count() == 1


def _columns() -> dict[str, Any]:
    return {field.name: field for field in models.VerificationRule._meta.concrete_fields}


def test_every_word_fits_its_column() -> None:
    columns = _columns()
    assert max(map(len, verification_rules.ACCOUNT_TYPES)) <= columns["account_type"].max_length
    assert max(map(len, PersonaKind)) <= columns["persona"].max_length
    assert max(map(len, [*verification_rules.askable(), PATIENT_DATA])) <= columns["functions"].max_length
    assert max(map(len, verification_rules.STATES)) <= columns["state"].max_length
