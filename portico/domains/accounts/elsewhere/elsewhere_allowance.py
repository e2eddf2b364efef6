"""How often a network may begin, or fail, to sign in elsewhere: each asks a provider, or fills the audit.

Whoever is signed in is known, and not counted here. A whole hospital may stand behind one address, so there
is room for it; a flood ends at the limit, and is not recorded any more.
"""

from typing import Final

from django.db import transaction

from portico.domains.accounts.coming_back import allowances
from portico.domains.accounts.coming_back import coming_back_rules as rules
from portico.domains.accounts.signing_in import misses
from portico.domains.permits.actors import Actor

FROM_A_NETWORK: Final = rules.Limit(1_000)
WAIT_SECONDS: Final = 600
_PURPOSE: Final = "elsewhere from"


def take(*, actor: Actor, address: str) -> bool:
    """May one more of these be asked from that network? If so it is counted; nothing where none is known.

    No permit: nothing is done yet, and a flood would write one row of the audit each.
    """
    if actor.user_id is not None or not address:
        return True
    with transaction.atomic():
        held = allowances.index(rules.network(address), purpose=_PURPOSE)
        tally = misses.hold(held, at=actor.asked_at)
        if rules.is_used_up(tally, FROM_A_NETWORK, actor.asked_at):
            return False
        allowances.count(held, tally, FROM_A_NETWORK, at=actor.asked_at)
        return True
