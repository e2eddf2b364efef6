"""Who may do what with a request: by role, kind and state, as one table."""

import pytest

from portico.domains.authorizations import change_rules
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.requested import Kind, Request, Role
from portico.domains.authorizations.facts.shown import State

# in_review, pended, approved, partly, denied, cancelled, not_needed; + the requesting office may.
_STATES = (
    State.IN_REVIEW,
    State.PENDED,
    State.APPROVED,
    State.PARTLY,
    State.DENIED,
    State.CANCELLED,
    State.NOT_NEEDED,
)
TABLE = {
    #                         authorization  admission
    Act.ADD_DOCUMENT: ("++.....", "++....."),
    Act.ANSWER: (".+.....", ".+....."),
    Act.CHANGE: ("++++...", "++++..."),
    Act.EXTEND: ("..++...", "......."),
    Act.CONTINUE_STAY: (".......", "..++..+"),
    Act.CANCEL: ("++++...", "++++..."),
    Act.DISCHARGE: (".......", "+++++.+"),
    Act.ASK_RECONSIDERATION: ("...++..", "...++.."),
    Act.ASK_APPEAL: ("...++..", "...++.."),
    Act.BOOK_TALK: ("++.++..", "++.++.."),
    Act.NOTE: ("+++++++", "+++++++"),
    Act.ASSIGN: ("+++++++", "+++++++"),
}
ROLES = {
    Role.REQUESTING: set(Act),
    Role.SERVICING: {Act.ADD_DOCUMENT, Act.ANSWER, Act.NOTE, Act.ASSIGN},
    Role.FACILITY: {Act.ADD_DOCUMENT, Act.ANSWER, Act.DISCHARGE, Act.NOTE, Act.ASSIGN},
    Role.PCP: {Act.NOTE, Act.ASSIGN},
}


@pytest.mark.parametrize("act", Act)
def test_the_requesting_office_may_what_the_table_says(act: Act) -> None:
    outpatient, stay = TABLE[act]
    for kind, row in ((Kind.AUTHORIZATION, outpatient), (Kind.REFERRAL, outpatient), (Kind.ADMISSION, stay)):
        told = "".join(
            "+" if change_rules.may(act, kind, state, Role.REQUESTING) else "." for state in _STATES
        )
        assert told == row, (act, kind)


@pytest.mark.parametrize("role", Role)
def test_others_may_the_same_or_nothing(role: Role) -> None:
    for act in Act:
        for kind in Kind:
            for state in State:
                allowed = act in ROLES[role] and change_rules.may(act, kind, state, Role.REQUESTING)
                assert change_rules.may(act, kind, state, role) is allowed


@pytest.mark.parametrize("kind", Kind)
def test_a_denied_request_is_never_changed(kind: Kind) -> None:
    assert not change_rules.fields(kind, State.DENIED)
    assert not change_rules.may(Act.CHANGE, kind, State.DENIED, Role.REQUESTING)


def test_one_that_is_looked_at_again_keeps_what_was_asked() -> None:
    again = change_rules.fields(Kind.AUTHORIZATION, State.IN_REVIEW, was_decided=True)

    assert again == {"contact_name", "contact_telephone"}


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.PENDED])
def test_one_that_is_looked_at_again_is_not_given_up(state: State) -> None:
    assert change_rules.may(Act.CANCEL, Kind.AUTHORIZATION, state, Role.REQUESTING)
    assert not change_rules.may(Act.CANCEL, Kind.AUTHORIZATION, state, Role.REQUESTING, was_decided=True)


def test_only_an_admission_has_a_time_of_admission_to_change() -> None:
    assert "admitted_at" in change_rules.fields(Kind.ADMISSION, State.IN_REVIEW)
    assert "admitted_at" not in change_rules.fields(Kind.REFERRAL, State.IN_REVIEW)


def test_nobody_changes_the_patient_or_who_asks() -> None:
    every = {field for kind in Kind for state in State for field in change_rules.fields(kind, state)}

    assert not every & {"patient", "kind", "line", "tax_id", "requesting"}
    assert every <= set(Request.__slots__)


def test_a_stay_that_is_over_goes_on_no_longer() -> None:
    for act in (Act.CONTINUE_STAY, Act.DISCHARGE):
        assert change_rules.may(act, Kind.ADMISSION, State.APPROVED, Role.REQUESTING)
        assert not change_rules.may(act, Kind.ADMISSION, State.APPROVED, Role.REQUESTING, discharged=True)


def test_an_office_in_two_roles_may_what_either_may() -> None:
    roles = frozenset({Role.PCP, Role.REQUESTING})

    assert change_rules.acts(Kind.AUTHORIZATION, State.APPROVED, roles) == {
        Act.CHANGE,
        Act.EXTEND,
        Act.CANCEL,
        Act.NOTE,
        Act.ASSIGN,
    }
    assert change_rules.acts(Kind.AUTHORIZATION, State.APPROVED, frozenset()) == frozenset()
