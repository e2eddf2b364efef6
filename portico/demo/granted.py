"""The demo's grants as the use cases of access take them. Imported once Django is set up."""

from datetime import date

from portico.demo import personas
from portico.domains.access.granting import NewGrant


def each(grant: personas.Grant, today: date) -> list[NewGrant]:
    """The grant, one for each of its functions."""
    period = grant.period(today)
    return [
        NewGrant(
            function=function,
            tax_ids=grant.tax_ids,
            first_on=period.first,
            last_on=period.last,
            lines=grant.lines or (),
            regions=grant.regions or (),
            providers=grant.providers or (),
            state=grant.state,
        )
        for function in grant.functions
    ]
