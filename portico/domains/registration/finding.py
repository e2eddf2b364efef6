"""Finding an application by its transaction ID, so that nobody finds one by trying.

Wrong numbers are counted to the network they come from: five, then none is looked at for an hour, a right one
neither. What fails its check character is a slip: it costs nothing and nothing is looked up.
"""

from dataclasses import dataclass
from datetime import datetime

from portico.domains.permits.permit import Permit
from portico.domains.registration import budgets, models, transaction_ids
from portico.domains.registration.budgets import Budget


class TooManyTries(Exception):
    """Too many wrong transaction IDs came from this network; `until`: when the next is looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many wrong transaction IDs came from this network")
        self.until = until


@dataclass(frozen=True, slots=True)
class Found:
    """What a transaction ID led to: an application, nothing, or a network that is closed until then."""

    application: models.Application | None
    closed_until: datetime | None = None

    def check_open(self) -> None:
        """Raises TooManyTries where the network is closed; to be called once the permit has ended."""
        if self.closed_until is not None:
            raise TooManyTries(self.closed_until)


def find(given: Permit, *, transaction_id: str, address: str, hold: bool = False) -> Found:
    """The application of a transaction ID in canonical form; `hold`: its row until the transaction ends.

    `address` is the network address that asks. The permit's conclusion says when it was none.
    """
    at = given.actor.asked_at
    closed_until = budgets.closed_until(Budget.WRONG_ID, address, at=at)
    if closed_until is not None:
        given.conclude("transaction_id_closed")
        return Found(None, closed_until)
    rows = models.Application.objects.select_for_update() if hold else models.Application.objects.all()
    row = rows.filter(transaction_index=transaction_ids.index(transaction_id)).first()
    if row is None:
        budgets.spend(Budget.WRONG_ID, address, at=at)
        given.conclude("transaction_id_unknown")
        return Found(None)
    given.note_subject("registration", str(row.pk))
    return Found(row)
