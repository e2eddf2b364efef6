"""People on their way in, or back in: who waits for the plan, who lost a phone, who can help themselves."""

from portico.demo.offices import BRIGHT_RIVER, CEDAR_RIDGE, HARBOR_POINT, LAKESIDE, Office
from portico.demo.personas import Grant, Persona, Then, User
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function

_FRONT_DESK = (Function.ELIGIBILITY, Function.BENEFITS)


def _front_desk(office: Office) -> tuple[Persona, ...]:
    return (Persona(PersonaKind.END_USER, office, grants=(Grant(_FRONT_DESK, office.tax_ids),)),)


PEOPLE: tuple[User, ...] = (
    User(
        "documents_waiting",
        "vera.lindholm",
        "Vera",
        "Lindholm",
        "a-passport-on-the-scanner-2",
        "PJXW42LUNFXW4IDPMYQHI2DFEBXGKYLS",
        _front_desk(HARBOR_POINT),
        "Handed in documents that show who she is: the plan's desk has to look",
        verified=False,
        then=Then.DOCUMENTS,
    ),
    User(
        "call_waiting",
        "osric.hale",
        "Osric",
        "Hale",
        "please-call-after-lunch-44",
        "MJ2XI5DFOIQGC3TEEBUG63TFPEQG63RA",
        _front_desk(BRIGHT_RIVER),
        "Asked the plan to call the office with a code: a call to make",
        verified=False,
        then=Then.CALL,
    ),
    User(
        "factors_to_reset",
        "petra.nyqvist",
        "Petra",
        "Nyqvist",
        "the-phone-is-in-the-river-6",
        "ORUGKIDMN5XGOIDSN5QWIIDIN5WWKIDU",
        _front_desk(LAKESIDE),
        "Lost her phone: the administrator has asked to reset her second step, somebody else decides",
        then=Then.FACTOR_RESET,
    ),
    User(
        "recovery",
        "ada.brenner",
        "Ada",
        "Brenner",
        "ten-codes-in-the-desk-drawer",
        "MFXGIIDUNBSSAYTPMF2HGIDDN5WWKIDI",
        _front_desk(CEDAR_RIDGE),
        "Has a recovery question (her first toy: Sir Hopsalot) and recovery codes, in var/demo.json",
        then=Then.RECOVERY,
    ),
    User(
        "expired_invitation",
        "rolf.eastman",
        "Rolf",
        "Eastman",
        None,
        None,
        _front_desk(LAKESIDE),
        "Was invited three days ago and did not come: the temporary password works no more",
        verified=False,
        agreed=False,
        then=Then.NOT_COME,
    ),
)
