"""Which mails people do without. Whoever writes one that may be switched off asks here first."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models.functions import Lower

from portico.domains.accounts import models
from portico.domains.notifications.rules import OPTIONAL


def unwanted(template: str, addresses: Collection[str]) -> frozenset[str]:
    """Those of the addresses, in small letters, at which everybody who has them has switched this mail off.

    An address that no open account has wants every mail; so does one that several share as long as one of
    them does. Nothing for a mail that cannot be switched off. One query.
    """
    if template not in OPTIONAL:
        return frozenset()
    asked = {address.lower() for address in addresses}
    held = models.User.objects.filter(state=models.User.State.ACTIVE).alias(address=Lower("email"))
    choices: dict[str, list[bool]] = defaultdict(list)
    for email, off in held.filter(address__in=asked).values_list("email", "mails_off"):
        choices[email.lower()].append(template in off)
    return frozenset(address for address, switched_off in choices.items() if all(switched_off))
