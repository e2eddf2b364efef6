"""What somebody who registers acts as: personas and grants, within the permit of a registration.

Two duties are kept apart: the administrator manages users and sees no patient, the end user works with
patients. Whoever does both has both personas and switches.
"""

from collections.abc import Collection
from typing import Final

from portico.domains.access import granting
from portico.domains.access.granting import NewGrant, NewPersona
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function
from portico.domains.permits.permit import Permit

__all__ = ["MANAGING", "WITH_PATIENTS", "MayNotRegister", "register"]

MANAGING: Final = (Function.MANAGE_USERS,)
WITH_PATIENTS: Final = tuple(function for function in GRANTABLE if TRAITS[function].phi)
"""Every function an office hands out that opens patients' data."""


class MayNotRegister(PermissionError):
    """Only a registration gives personas so; everybody else hands them out by `granting`."""


def register(
    given: Permit,
    user_id: int,
    *,
    office: str,
    tax_ids: Collection[str],
    as_end_user: bool,
    functions: Collection[Function] = WITH_PATIENTS,
) -> None:
    """Make the user administrator of the office (its key) over these tax IDs; `as_end_user`, end user too.

    In every line and region; `functions` are the end user's. Raises CannotGrant for a tax ID that is not the
    office's, UnknownOffice.
    """
    if given.question.function is not Function.REGISTRATION:
        raise MayNotRegister("personas of a new account are made by its registration")
    granting.add_persona(
        given, user_id, _persona(given, PersonaKind.ADMINISTRATOR, office, tax_ids, MANAGING)
    )
    if as_end_user:
        granting.add_persona(
            given, user_id, _persona(given, PersonaKind.END_USER, office, tax_ids, functions)
        )


def _persona(
    given: Permit, kind: PersonaKind, office: str, tax_ids: Collection[str], functions: Collection[Function]
) -> NewPersona:
    today = given.actor.today
    grants = [NewGrant(function, tuple(sorted(tax_ids)), first_on=today) for function in functions]
    return NewPersona(kind, office=office, grants=grants)
