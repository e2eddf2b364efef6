"""Who asks in the golden table: each person differs from the front desk in what the name says."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from portico.domains.permits.actors import Account, AccountState, Actor, Grant, GrantState, Held, Lent
from portico.domains.permits.functions import CLAIMS, Desk, Function
from portico.shared.periods import Period
from tests.support import actors as people
from tests.support.actors import OWN_TAX_ID, SECOND_TAX_ID, TODAY, UNVERIFIED

NPI, OTHER_NPI = "2000000001", "2000000002"
CLIENT_TAX_ID, FORMER_TAX_ID = "191234567", "191234568"
JANUARY = date(2026, 1, 1)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def _account(state: AccountState = AccountState.ACTIVE, **changes: Any) -> Actor:
    return people.front_desk(account=Account(state, **changes))


def _with(**grant: Any) -> Actor:
    """Eligibility alone, by one grant that differs in this."""
    return people.front_desk(people.grant(Function.ELIGIBILITY, **grant))


def _two(first: dict[str, Any], second: dict[str, Any]) -> Actor:
    grants = (people.grant(Function.ELIGIBILITY, number=n, **g) for n, g in ((1, first), (2, second)))
    return people.front_desk(*grants)


def _standing(actor: Actor, **changes: Any) -> Actor:
    return replace(actor, standing=replace(actor.standing, **changes))


def _outside(*grants: Grant) -> Actor:
    """Somebody whose tax IDs take part in nothing, where the plan opens claims all the same."""
    return _standing(people.front_desk(*grants), participating=frozenset(), open_outside=CLAIMS)


def _biller(*, medi_cal: bool = False, is_late: bool = False) -> Actor:
    """Somebody of a billing company, at work for one client; another left, the own office is elsewhere."""
    lines = frozenset({people.OTHER_LINE}) if medi_cal else None
    grants = (
        people.grant(Function.CLAIMS_INQUIRY, number=1, tax_ids=frozenset({CLIENT_TAX_ID}), lines=lines),
        people.grant(Function.REMITTANCE, number=2, tax_ids=frozenset(), lines=None),
        people.grant(Function.DIRECTORY_MAINTENANCE, number=3, tax_ids=frozenset({CLIENT_TAX_ID})),
    )
    given = frozenset({Function.CLAIMS_INQUIRY, Function.DIRECTORY_MAINTENANCE})
    reached = frozenset({CLIENT_TAX_ID})
    former = frozenset({FORMER_TAX_ID})
    return _standing(
        people.front_desk(*grants),
        tax_ids=reached,
        participating=reached,
        former_clients=former,
        lent=(Lent(CLIENT_TAX_ID, given, lines, is_late=is_late),),
        other_sides=frozenset({OWN_TAX_ID}),
    )


def _idle_biller(*, others: frozenset[str] = frozenset()) -> Actor:
    """Somebody of a billing company whose work lies on no side, or on other ones than this."""
    reaches_nobody = people.grant(Function.CLAIMS_INQUIRY, tax_ids=frozenset(), lines=None)
    return _standing(
        people.front_desk(reaches_nobody),
        tax_ids=frozenset({OWN_TAX_ID}),
        former_clients=frozenset({FORMER_TAX_ID}),
        other_sides=others,
    )


_FRONT_DESK = people.front_desk()
_SECOND = frozenset({SECOND_TAX_ID})
_ENDED = frozenset({(OWN_TAX_ID, NPI)})
_NORTH = frozenset({"north-lakes"})

PEOPLE: dict[str, Actor] = {
    "visitor": people.visitor(),
    "front desk": _FRONT_DESK,
    "with a member's account": _account(audience="member"),
    "first sign-in not done": _account(AccountState.INVITED, terms_accepted=False, second_factor=False),
    "invited, terms accepted": _account(AccountState.INVITED),
    "account suspended": _account(AccountState.SUSPENDED),
    "account pending": _account(AccountState.PENDING),
    "account locked": _account(AccountState.LOCKED),
    "account disabled": _account(AccountState.DISABLED),
    "terms not accepted": _account(terms_accepted=False),
    "nothing proven yet": _account(terms_accepted=False, verification=UNVERIFIED, second_factor=False),
    "not verified": _account(verification=UNVERIFIED),
    "proven some time ago": _account(proven_lately=False),
    "no second factor": _account(second_factor=False),
    "nearly everything missing": replace(
        _with(lines=frozenset()),
        account=Account(
            AccountState.LOCKED, terms_accepted=False, verification=UNVERIFIED, second_factor=False
        ),
    ),
    "administrator": people.administrator(),
    "administrator with a stray grant": people.administrator(
        account=Account(), standing=replace(_FRONT_DESK.standing, ended_affiliations=_ENDED)
    ),
    "every line granted": _with(lines=None),
    "one provider granted": _with(providers=frozenset({NPI})),
    "one region granted": _with(regions=_NORTH),
    "grant proposed": _with(state=GrantState.PROPOSED),
    "grant ended": _with(state=GrantState.ENDED),
    "grant begins today": _with(period=Period(TODAY)),
    "grant begins tomorrow": _with(period=Period(TOMORROW)),
    "grant ends today": _with(period=Period(JANUARY, TODAY)),
    "grant ended yesterday": _with(period=Period(JANUARY, YESTERDAY)),
    "proposed for tomorrow": _with(state=GrantState.PROPOSED, period=Period(TOMORROW)),
    "an ended grant beside a running one": _two({"state": GrantState.ENDED}, {}),
    "a far grant before a near one": _two(
        {"tax_ids": _SECOND, "state": GrantState.PROPOSED}, {"period": Period(TOMORROW)}
    ),
    "plan of one region": _standing(_FRONT_DESK, regions=_NORTH),
    "a provider has left": _standing(_FRONT_DESK, ended_affiliations=_ENDED),
    "outside the network": _standing(_FRONT_DESK, participating=frozenset()),
    "outside, claims open": _outside(
        people.grant(Function.ELIGIBILITY, number=1), people.grant(Function.REMITTANCE, number=2)
    ),
    "outside, claims open, not granted": _outside(people.grant(Function.ELIGIBILITY)),
    "biller": _biller(),
    "biller, the client narrowed the lines": _biller(medi_cal=True),
    "biller, the client is late": _biller(is_late=True),
    "biller, at the own office": _idle_biller(others=frozenset({CLIENT_TAX_ID})),
    "biller, every client left": _idle_biller(),
    "biller, administrator": _standing(people.administrator(), other_sides=frozenset({OWN_TAX_ID})),
    "review overdue": _standing(_FRONT_DESK, review_overdue=True),
    "review overdue, no second factor": _standing(_account(second_factor=False), review_overdue=True),
    "review overdue, with the directory": _standing(
        people.front_desk(people.grant(Function.DIRECTORY_MAINTENANCE)), review_overdue=True
    ),
    "review overdue, administrator": _standing(people.administrator(), review_overdue=True),
    "review overdue, software": _standing(people.machine(), review_overdue=True),
    "operations": people.plan_staff(),
    "operations, no second factor": people.plan_staff(account=Account(second_factor=False)),
    "support": people.plan_staff(Desk.SUPPORT),
    "member services": people.plan_staff(Desk.MEMBER_SERVICES),
    "software": people.machine(),
    "software, revoked": people.machine(account=Account(AccountState.DISABLED)),
    "software, token without the scope": people.machine(account=Account(in_scope=False)),
    "system": people.system(),
    "nobody granted anything": people.front_desk(held=Held()),
}
