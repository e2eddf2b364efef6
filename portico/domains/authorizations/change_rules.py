"""Who may do what with a request, in which state, and which of its fields may still be changed.

Reading is not asked here: who is a party reads. Whoever asked changes, cancels and prolongs it and seeks
another look; whoever does the service, and where, gives documents and answers; the office of the PCP reads.
A denied request is never changed: another one is sent, or the plan is asked to look again. So it stays while
it is looked at again, and what was approved changes by an extension only.
"""

from enum import StrEnum

from portico.domains.authorizations.facts.requested import Kind, Role
from portico.domains.authorizations.facts.shown import OPEN, State


class Act(StrEnum):
    """Something an office does with a request it can read."""

    ADD_DOCUMENT = "add_document"
    ANSWER = "answer"
    CHANGE = "change"
    EXTEND = "extend"
    CONTINUE_STAY = "continue_stay"
    CANCEL = "cancel"
    DISCHARGE = "discharge"
    ASK_RECONSIDERATION = "ask_reconsideration"
    ASK_APPEAL = "ask_appeal"
    BOOK_TALK = "book_talk"
    NOTE = "note"
    ASSIGN = "assign"


_ANYBODY = frozenset(Role)
_ASKED_IT = frozenset({Role.REQUESTING})
_TAKE_PART = frozenset({Role.REQUESTING, Role.SERVICING, Role.FACILITY})
_AT_THE_BED = frozenset({Role.REQUESTING, Role.FACILITY})
_ANY_KIND = frozenset(Kind)
_OUTPATIENT = frozenset({Kind.AUTHORIZATION, Kind.REFERRAL})
_STAY = frozenset({Kind.ADMISSION})
_GIVEN = frozenset({State.APPROVED, State.PARTLY})
_ADVERSE = frozenset({State.DENIED, State.PARTLY})
_ANY_STATE = frozenset(State)

TABLE: dict[Act, tuple[frozenset[Role], frozenset[Kind], frozenset[State]]] = {
    Act.ADD_DOCUMENT: (_TAKE_PART, _ANY_KIND, OPEN),
    Act.ANSWER: (_TAKE_PART, _ANY_KIND, frozenset({State.PENDED})),
    Act.CHANGE: (_ASKED_IT, _ANY_KIND, OPEN | _GIVEN),
    Act.EXTEND: (_ASKED_IT, _OUTPATIENT, _GIVEN),
    Act.CONTINUE_STAY: (_ASKED_IT, _STAY, _GIVEN | {State.NOT_NEEDED}),
    Act.CANCEL: (_ASKED_IT, _ANY_KIND, OPEN | _GIVEN),
    Act.DISCHARGE: (_AT_THE_BED, _STAY, _ANY_STATE - {State.CANCELLED}),
    Act.ASK_RECONSIDERATION: (_ASKED_IT, _ANY_KIND, _ADVERSE),
    Act.ASK_APPEAL: (_ASKED_IT, _ANY_KIND, _ADVERSE),
    Act.BOOK_TALK: (_ASKED_IT, _ANY_KIND, OPEN | _ADVERSE),
    Act.NOTE: (_ANYBODY, _ANY_KIND, _ANY_STATE),
    Act.ASSIGN: (_ANYBODY, _ANY_KIND, _ANY_STATE),
}
"""Who, of which kinds of request, in which states."""

_CONTACT = frozenset({"contact_name", "contact_telephone"})
_WHILE_OPEN = _CONTACT | {
    "level",
    "urgency",
    "servicing",
    "facility",
    "place",
    "diagnoses",
    "services",
}
_ENDED_BY_DISCHARGE = frozenset({Act.CONTINUE_STAY, Act.DISCHARGE})


def may(
    act: Act, kind: str, state: str, role: str, *, was_decided: bool = False, discharged: bool = False
) -> bool:
    """Whether an office that stands in a request as `role` may do that with it.

    `was_decided`: the plan decided it once (`Authorization.decided_at`), so an open one is looked at again.
    `discharged`: the patient has left.
    """
    roles, kinds, states = TABLE[act]
    if Role(role) not in roles or Kind(kind) not in kinds or State(state) not in states:
        return False
    if discharged and act in _ENDED_BY_DISCHARGE:
        return False
    if act is Act.CANCEL and was_decided and State(state) in OPEN:
        return False  # what was denied or approved stays so while the plan looks at it again
    return act is not Act.CHANGE or bool(fields(kind, state, was_decided=was_decided))


def acts(
    kind: str, state: str, roles: frozenset[str], *, was_decided: bool = False, discharged: bool = False
) -> frozenset[Act]:
    """All that an office may do which stands in a request as each of `roles`."""
    told = {"was_decided": was_decided, "discharged": discharged}
    return frozenset(act for act in Act for role in roles if may(act, kind, state, role, **told))


def fields(kind: str, state: str, *, was_decided: bool = False) -> frozenset[str]:
    """The fields of a Request that the requesting office may still change.

    Before it is decided all but the patient, the kind and who asks: for another one of those a new request is
    sent. What was approved keeps only who is to be called open to change; more of it, or longer, is an
    extension. A denied one has none.
    """
    if State(state) in OPEN and not was_decided:
        return _WHILE_OPEN | ({"admitted_at"} if Kind(kind) is Kind.ADMISSION else frozenset())
    return _CONTACT if State(state) in OPEN | _GIVEN else frozenset()
