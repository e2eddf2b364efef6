"""People of offices that hand out access themselves: their administrators, and who feels how they do it.

They came long before the demo was built, so that there is a past to look at.
"""

from portico.demo import billing
from portico.demo.offices import CEDAR_RIDGE, HARBOR_POINT, JUNIPER_FLATS, LAKESIDE, SANDSTONE, Office
from portico.demo.personas import Grant, Persona, User
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function

KEEPER = "directory_keeper"
_KEEPING = Grant((Function.DIRECTORY_MAINTENANCE,), LAKESIDE.tax_ids)
_FRONT_DESK = (Function.ELIGIBILITY, Function.BENEFITS)


def _administrator(office: Office) -> tuple[Persona, ...]:
    managing = Grant((Function.MANAGE_USERS,), office.tax_ids)
    return (Persona(PersonaKind.ADMINISTRATOR, office, grants=(managing,)),)


def _end_user(office: Office) -> tuple[Persona, ...]:
    return (Persona(PersonaKind.END_USER, office, grants=(Grant(_FRONT_DESK, office.tax_ids),)),)


PEOPLE: tuple[User, ...] = (
    User(
        "group_administrator",
        "rosalind.keane",
        "Rosalind",
        "Keane",
        "a-drawer-for-every-key-here-5",
        "NJXXG5DFNZSXEIDPMYQHI2DFEBWGC23F",
        _administrator(CEDAR_RIDGE),
        "Runs Cedar Ridge: open People, Access requests, Access review (due in a week) and Look-ups",
        since=125,
    ),
    User(
        "single_administrator",
        "ottoline.graves",
        "Ottoline",
        "Graves",
        "alone-with-the-big-key-ring-8",
        "ONSWC43JMRSSA3DJM5UHI2DPOVZWKIDB",
        _administrator(HARBOR_POINT),
        "The last administrator of Harbor Point: open Administrators, it warns and asks for a successor",
        since=70,
    ),
    User(
        "overdue_administrator",
        "alban.mercer",
        "Alban",
        "Mercer",
        "next-week-i-look-through-it-2",
        "ORSXGYLSEBUXGIDPNZSSAZDBPEQHO2LM",
        _administrator(JUNIPER_FLATS),
        "Juniper Flats' administrator: the access review lapsed; finish it, and patient data opens again",
        since=140,
    ),
    User(
        "review_overdue",
        "lotte.weaver",
        "Lotte",
        "Weaver",
        "why-is-everything-closed-now-4",
        "OBSXEZTFMN2CA53FMF3WS3THEBXW42BA",
        _end_user(JUNIPER_FLATS),
        "Works at Juniper Flats: patient data is closed, and the page says why: access_review_overdue",
        since=139,
    ),
    User(
        "office_claimant",
        "nell.abara",
        "Nell",
        "Abara",
        "somebody-has-to-do-it-after-all",
        "ON2GC3TEFVUW4IDGN5ZCA5DIMUQGE33T",
        _end_user(SANDSTONE),
        "Asked to take over Sandstone, which has no administrator: open /recovery/ to see what it waits for",
        since=87,
    ),
    User(
        "office_colleague",
        "jory.pembroke",
        "Jory",
        "Pembroke",
        "i-would-rather-ask-him-first-3",
        "MFZWWIDUNBSSA33MMQQGC5DUMVXGIZLS",
        _end_user(SANDSTONE),
        "Works there too: may object to the takeover at /recovery/ while it waits",
        since=86,
    ),
    billing.ADMINISTRATOR,
    User(
        KEEPER,
        "corwin.aldana",
        "Corwin",
        "Aldana",
        "every-number-on-the-door-right",
        "MRXW63RHOQQGC43LEBWWKIDXNB4SA33O",
        (Persona(PersonaKind.END_USER, LAKESIDE, grants=(_KEEPING,)),),
        "Keeps Lakeside's directory entries: to be confirmed in six days, one change waits, one was refused",
        since=95,
    ),
)

GONE: tuple[User, ...] = (
    User(
        "left_administrator",
        "piers.holloway",
        "Piers",
        "Holloway",
        "off-to-another-harbor-soon-6",
        None,
        _administrator(HARBOR_POINT),
        "Was Harbor Point's second administrator, and left",
        since=68,
    ),
    User(
        "lost_administrator",
        "basil.crane",
        "Basil",
        "Crane",
        "retired-and-gone-fishing-now-7",
        None,
        _administrator(SANDSTONE),
        "Was Sandstone's only administrator",
        since=88,
    ),
)
"""They sign in no more, and stand in no list of those who can."""
