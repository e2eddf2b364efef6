"""Making somebody who works for an office: the user, what they act as, what they hold; and the invitation.

The mail names nobody; the username is handed over by whoever made it. Somebody who administers and works with
patients has both personas under one sign-in, or two accounts: as the plan wants.
"""

from dataclasses import dataclass

from portico.domains.access import models, office_mails
from portico.domains.access.delegating import acting, ceiling, person_rules, reaching, sets, writing
from portico.domains.access.delegating.acting import Whose
from portico.domains.access.delegating.person_rules import BadPerson, NewPerson
from portico.domains.access.delegating.refusals import (
    AlreadyHere,
    BeyondCeiling,
    CannotGive,
    SeparateAccounts,
)
from portico.domains.access.delegating.sets import Access, Held
from portico.domains.access.looking_after import UnknownPerson
from portico.domains.accounts import users
from portico.domains.accounts.credentials import usernames
from portico.domains.accounts.joining import invitations
from portico.domains.offices.offices import Office
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.permit import Permit
from portico.domains.plan import policy

__all__ = [
    "AlreadyHere",
    "BadPerson",
    "BeyondCeiling",
    "CannotGive",
    "Created",
    "NewPerson",
    "SeparateAccounts",
    "add_persona",
    "create",
    "known",
    "make",
    "suggested",
]

CREATED, PERSONA_ADDED = "created", "persona_added"
LINKED = "linked"


@dataclass(frozen=True, slots=True)
class Created:
    """Who was made, and the username to be handed over. `is_proposed`: some of what it holds waits."""

    user_id: int
    username: str
    persona_id: int
    is_proposed: bool


def create(*, actor: Actor, person: NewPerson, access: Access) -> Created:
    """Make the person with that access, and mail the invitation; all or nothing.

    Raises AlreadyHere where no username tells a second one from somebody of that name and mail; BadPerson,
    BadUsername, UsernameTaken, CannotInvite, CannotGive, BeyondCeiling, UnknownOffice, NotPermitted.
    """
    with acting.act(actor) as given:
        users.take_turn(given)
        if not person.username and known(acting.office_for(given, person.office), person, access.kind):
            raise AlreadyHere("somebody of this name and mail is here; the same form may be sent twice")
        return make(given, person, access)


def make(given: Permit, person: NewPerson, access: Access) -> Created:
    """The same within a permit of whoever may manage users there."""
    person_rules.check(person)
    office = acting.office_for(given, person.office)
    items = sets.items(sets.whole(access))
    lent = ceiling.client_tax_ids(office.id, on=given.actor.today)
    writing.check(given, office, access.kind, items, lent)
    username = person.username or usernames.suggested(person.first_name, person.last_name)
    user_id = users.make(given, person_rules.user(person, username))
    whose = _persona(given, user_id, access.kind, office)
    written = writing.add(given, whose, Held(), items, kind=CREATED)
    invitations.invite(given, user_id=user_id, office_id=office.id)
    _tell_office(given, user_id)
    given.conclude("person_created")
    return Created(user_id, username, whose.persona.pk, written.is_proposed)


def add_persona(*, actor: Actor, user_id: int, access: Access, office: str = "") -> int:
    """Let somebody who works for the office act as the other kind too; answers the persona's number.

    `office`: its key, for the plan. Raises SeparateAccounts, AlreadyHere, UnknownPerson, OutOfReach,
    CannotGive, BeyondCeiling, UnknownOffice, NotPermitted.
    """
    with acting.act(actor) as given:
        place = acting.office_for(given, office)
        _check_linking(given, user_id, place, access.kind)
        items = sets.items(sets.whole(access))
        lent = ceiling.client_tax_ids(place.id, on=actor.today)
        writing.check(given, place, access.kind, items, lent)
        whose = _persona(given, user_id, access.kind, place)
        writing.add(given, whose, Held(), items, kind=PERSONA_ADDED)
        _tell_office(given, user_id)
        return whose.persona.pk


def known(office: Office, person: NewPerson, kind: PersonaKind) -> str:
    """The username of whom this describes, of those of the office; "" where nobody is.

    By the username where one is named, else by name and mail.
    """
    here = models.Persona.objects.filter(office=office.id, kind=kind)
    if person.username:
        found = here.filter(user__username__iexact=person.username)
    else:
        found = here.filter(
            user__email__iexact=person.email.strip(),
            user__first_name__iexact=person.first_name.strip(),
            user__last_name__iexact=person.last_name.strip(),
        )
    return found.values_list("user__username", flat=True).first() or ""


def suggested(*, actor: Actor, first_name: str, last_name: str) -> str:
    """A username made of the name, that nobody has. Raises NotPermitted."""
    with acting.act(actor, lately=False) as given:
        given.conclude("username_suggested")
        return usernames.suggested(first_name, last_name)


def _persona(given: Permit, user_id: int, kind: PersonaKind, office: Office) -> Whose:
    persona, is_new = models.Persona.objects.get_or_create(
        user_id=user_id, kind=kind, office_id=office.id, defaults={"created_at": given.actor.asked_at}
    )
    if not is_new:
        raise AlreadyHere("the user acts as this for the office already, or did")
    given.note_subject("user", str(user_id))
    given.note_subject("persona", str(persona.pk))
    return Whose(persona, office)


def _check_linking(given: Permit, user_id: int, office: Office, kind: PersonaKind) -> None:
    here = acting.reached(given).filter(user=user_id, office=office.id)
    if not here.filter(suspended_at__isnull=True).exists():
        raise UnknownPerson("nobody who works for this office has this number")
    reaching.check_user(given, user_id)
    if here.filter(kind=kind).exists():
        raise AlreadyHere("the user acts as this for the office already, or did")
    if policy.current().access.personas != LINKED:
        raise SeparateAccounts("the plan wants a second account for that")


def _tell_office(given: Permit, user_id: int) -> None:
    """The office hears of whom a desk of the plan lets in under its name."""
    if given.actor.desk is not None:
        office_mails.tell(given, user_id, office_mails.ADDED)
