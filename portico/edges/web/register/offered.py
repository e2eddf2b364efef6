"""What the plan offers to who registers, read once a page: its terms, its regions, and its catalogue."""

from dataclasses import dataclass

from portico.domains.plan import catalogue as plan_catalogue
from portico.domains.plan import terms as plan_terms
from portico.domains.plan.catalogue import Named
from portico.domains.plan.terms import Terms
from portico.domains.registration import catalogue
from portico.domains.registration.catalogue_rows import AccountType, Holds, Offer


@dataclass(frozen=True, slots=True)
class Offered:
    """The terms in force, the regions, the number of the catalogue, and its rows."""

    terms: Terms | None
    regions: tuple[Named, ...]
    number: int
    offers: tuple[Offer, ...]

    @property
    def account_types(self) -> tuple[AccountType, ...]:
        """The account types that somebody may register."""
        those = {each.account_type for each in self.offers if each.holds is not Holds.NOBODY}
        return tuple(each for each in AccountType if each in those)

    def of(self, account_type: str) -> tuple[Offer, ...]:
        """The user types of an account type."""
        return tuple(each for each in self.offers if each.account_type == account_type)

    def offer(self, account_type: str, code: str) -> Offer | None:
        """One row; None where the catalogue holds none of that name."""
        return next((each for each in self.of(account_type) if each.code == code), None)


def now() -> Offered:
    """What is offered now."""
    current = catalogue.current()
    return Offered(plan_terms.current(), plan_catalogue.regions(), current.number, current.offers)
