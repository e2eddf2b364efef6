"""Recovery codes: ten, for the day the other factors are lost; each lets in once, instead of them.

A code has 60 bits and is typed as people like: case, dashes, look-alike letters do not matter. It is kept as
a keyed hash, shown when it is made and never again.
"""

from collections.abc import Iterable

from django.conf import settings

from portico.domains.accounts import models, telling
from portico.domains.accounts.second_factors import factors, own_factors
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit
from portico.shared import identifiers

HOW_MANY = 10
SIGNS = 12


def renew(*, actor: Actor) -> tuple[str, ...]:
    """Ten new codes, in groups of four, instead of any earlier ones; they are shown this once.

    None where no passkey or authenticator is set up that they could stand in for, or where the session did
    not pass it. Raises NotPermitted.
    """
    with own_factors.changing(actor) as given:
        user = own_factors.owner(given)
        if user is None or not factors.ways(user.pk):
            given.conclude("not_passed" if user is None else "no_factor")
            return ()
        codes = [identifiers.new_reference(SIGNS) for _ in range(HOW_MANY)]
        _keep(given, user, codes)
        own_factors.tell(given, user, "recovery_codes_renewed")
        return tuple(identifiers.group_reference(code) for code in codes)


def unused(*, actor: Actor, codes: Iterable[str]) -> tuple[str, ...]:
    """Those of these codes that are the actor's and not used yet, so that a file is made of nothing else.

    Raises NotPermitted.
    """
    with own_factors.reading(actor) as given:
        given.note_subject("user", str(actor.user_id))
        mine = models.RecoveryCode.objects.filter(user_id=actor.user_id or 0, used_at__isnull=True)
        held = {bytes(index) for index in mine.values_list("code_index", flat=True)}
        found = tuple(code for code in codes if _index(actor.user_id or 0, code) in held)
        given.conclude("recovery_codes_taken_home" if found else "not_found")
        return found


def spend(given: Permit, user_id: int, code: str) -> bool:
    """Is it an unused code of the user? Then it is used up, also against a parallel try; they are told."""
    mine = models.RecoveryCode.objects.filter(user_id=user_id, used_at__isnull=True)
    if mine.filter(code_index=_index(user_id, code)).update(used_at=given.actor.asked_at) != 1:
        return False
    user = models.User.objects.get(pk=user_id)
    telling.by_mail(given, user, "recovery_code_used", count=mine.count())
    telling.by_notice(given, user, "recovery_code_used")
    return True


def _keep(given: Permit, user: models.User, codes: Iterable[str]) -> None:
    models.RecoveryCode.objects.filter(user=user).delete()
    at = given.actor.asked_at
    models.RecoveryCode.objects.bulk_create(
        models.RecoveryCode(user=user, code_index=_index(user.pk, code), made_at=at) for code in codes
    )


def _index(user_id: int, typed: str) -> bytes:
    code = identifiers.parse_reference(typed)
    made: bytes = settings.PORTICO_VAULT.index(code, purpose=f"recovery code of {user_id}")
    return made
