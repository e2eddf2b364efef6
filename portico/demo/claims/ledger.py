"""Draws claims while households go by, and keeps them until all are there; answers what guides can name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from portico.demo.chance import Chance
from portico.demo.claims import agreed, drawing, encounters, feeds, records
from portico.demo.claims.agreed import Agreed
from portico.demo.claims.drawing import Told
from portico.demo.claims.encounters import Sample
from portico.demo.claims.following import Follower
from portico.demo.claims.shelf import Shelf
from portico.demo.households import Household
from portico.domains.claims.facts.paid import PaymentWithClaims

HOUSEHOLDS: Final = 330
_MOST_OF_ALL: Final = 0.35
_PEOPLE_A_HOUSEHOLD: Final = 1.6
_TOLD_PAYMENTS: Final = 3


class Ledger:
    """The claims of a plan being built: some hundred households have them, however large the plan is."""

    def __init__(self, shelf: Shelf, *, members: int, seed: int, today: date) -> None:
        self._shelf, self._seed, self._today = shelf, seed, today
        self._share = min(_MOST_OF_ALL, HOUSEHOLDS * _PEOPLE_A_HOUSEHOLD / members)
        self._follower = Follower(today)
        self._later, self._agreed = Follower(today, agreed.FIRST_NUMBER), list[Agreed]()
        self._waiting = encounters.Waiting(today)
        self._named: list[dict[str, Any]] = []
        self._payments: dict[str, list[dict[str, Any]]] = {}

    def of_cases(self, households: Iterator[Household]) -> Iterator[Household]:
        """The named cases, with what their claims have used."""
        for household in households:
            self._waiting.look(household)
            yield self._kept(drawing.draw_named(household, self._follower, self._later))

    def of_others(self, households: Iterator[Household]) -> Iterator[Household]:
        """Everybody else; who is drawn to have claims has used what these left to them, and nothing else."""
        for household in households:
            self._waiting.look(household)
            chance = Chance(self._seed, "claims", household.subscriber_id)
            if chance.happens(self._share):
                household = self._kept(drawing.draw(chance, household, self._follower))  # noqa: PLW2901
            yield household

    def write(self, folder: Path) -> tuple[tuple[str, tuple[Path, ...]], ...]:
        """Write the feeds; answers what `portico load` is told, in this order."""
        submitted = feeds.write_submitted(folder, self._shelf, today=self._today)
        told = feeds.write_told(folder, self._shelf)
        paid = feeds.write_paid(folder, self._shelf, today=self._today, watch=self._watch)
        return (("837", submitted), ("claims", (told,)), ("835", (paid,)))

    def write_encounters(self, folder: Path) -> tuple[Sample, ...]:
        """Write files of encounters; nobody loads them, an office sends them."""
        return encounters.write(folder, self._waiting, today=self._today)

    @property
    def claims(self) -> tuple[dict[str, Any], ...]:
        """The named claims as `var/demo.json` tells them."""
        return tuple(self._named)

    @property
    def agreed(self) -> tuple[Agreed, ...]:
        """The claims that wait for the number of a request; no feed has them."""
        return tuple(self._agreed)

    @property
    def payments(self) -> tuple[dict[str, Any], ...]:
        """The latest payments with money in them, some for each tax ID; complete once all is written."""
        return tuple(one for each in self._payments.values() for one in reversed(each))

    def _kept(self, told: Told) -> Household:
        self._agreed += told.agreed
        for claim in told.claims:
            self._shelf.put(claim)
            if claim.key:
                self._named.append(records.claim(claim))
        return told.household

    def _watch(self, sent: PaymentWithClaims) -> None:
        if sent.payment.amount:
            latest = self._payments.setdefault(sent.payment.payee.tax_id, [])
            latest.append(records.payment(sent))
            del latest[:-_TOLD_PAYMENTS]
