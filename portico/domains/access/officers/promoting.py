"""Making somebody of an office its administrator because it has none: a successor, or who recovered it.

The new administrator manages users under all the office's tax IDs and may hand out what the office may. The
end user's persona stays: both are linked under one sign-in, whatever the plan asks of new people.
"""

from collections.abc import Sequence
from datetime import date

from portico.domains.access import models
from portico.domains.access.delegating import grants, records
from portico.domains.access.delegating.sets import FunctionAccess
from portico.domains.access.officers import presence
from portico.domains.offices import offices
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit


def may_succeed(office_id: int, user_id: int, *, on: date) -> bool:
    """Can this user take over without anybody's further word?

    Works there now, by something that counts that day, and was not its administrator before: whoever lost
    that duty gets it back from the plan alone.
    """
    was_one = presence.administrators().filter(office_id=office_id, user_id=user_id).exists()
    return works_there(office_id, user_id) and holds_something(office_id, user_id, on=on) and not was_one


def holds_something(office_id: int, user_id: int, *, on: date) -> bool:
    """Does anything the user was given there count that day? What somebody still has to confirm does not:
    nobody makes a colleague alone where the plan wants two for it, and is followed by that one.
    """
    return presence.with_access(on).filter(office_id=office_id, user_id=user_id).exists()


def works_there(office_id: int, user_id: int) -> bool:
    """Has the user an open account and an open persona of the office?"""
    return models.Persona.objects.filter(
        office_id=office_id,
        user_id=user_id,
        suspended_at__isnull=True,
        user__state=presence.ACTIVE,
        user__activated_at__isnull=False,
    ).exists()


def promote(given: Permit, office_id: int, user_id: int) -> int:
    """Make the user the office's administrator from today on, and answer the persona's number."""
    at, today = given.actor.asked_at, given.actor.today
    persona, _ = models.Persona.objects.get_or_create(
        user_id=user_id, kind=PersonaKind.ADMINISTRATOR, office_id=office_id, defaults={"created_at": at}
    )
    before = grants.held(persona, on=today).running
    _clear(given, persona)
    models.Persona.objects.filter(pk=persona.pk).update(suspended_at=None)
    grant = models.Grant.objects.create(
        persona=persona,
        function=Function.MANAGE_USERS,
        first_on=today,
        granted_by=given.actor.persona_id,
        granted_at=at,
    )
    _reach(grant, offices.tax_ids_of(office_id))
    _note(given, persona, grant, before)
    return persona.pk


def _clear(given: Permit, persona: models.Persona) -> None:
    """End what the new grant takes the place of; of a persona that was taken away all it held.

    Nobody decides here that somebody has a duty back which was taken from them, such as payment enrolment.
    """
    ended = models.Grant.objects.filter(persona=persona).exclude(state=models.Grant.State.ENDED)
    if persona.suspended_at is None:
        ended = ended.filter(function=Function.MANAGE_USERS)
    ended.update(
        state=models.Grant.State.ENDED, ended_at=given.actor.asked_at, ended_by=given.actor.persona_id
    )


def _reach(grant: models.Grant, tax_ids: tuple[str, ...]) -> None:
    dimension = models.GrantLimit.Dimension.TAX_ID
    models.GrantLimit.objects.bulk_create(
        models.GrantLimit(grant=grant, dimension=dimension, value=number) for number in tax_ids
    )


def _note(
    given: Permit, persona: models.Persona, grant: models.Grant, before: Sequence[FunctionAccess]
) -> None:
    """The change in the history and in the audit; it is not what the act was about."""
    concluded = given.conclusion
    records.tell(given, persona, "promoted", before=before)
    given.conclude(concluded)
    for kind, number in (("user", persona.user_id), ("persona", persona.pk), ("grant", grant.pk)):
        given.note_subject(kind, str(number))
