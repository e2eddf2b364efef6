"""Who gives the care: the demo's own practices, in the lines they take part in, on days they work there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from portico.demo import practices
from portico.demo.chance import Chance
from portico.demo.claims.care import Where
from portico.demo.roster import Pcp, Practice, Provider
from portico.domains.claims.facts.submitted import Address, Party

STATE: Final = "CA"
_NOWHERE, _PLUS_FOUR = Address(), "0001"


@dataclass(frozen=True, slots=True)
class Treating:
    """A provider at a practice; `attending` is the doctor who answers for care in a hospital."""

    provider: Provider
    practice: Practice
    attending: Provider | None = None


_LAKESIDE, _CHILDREN, _CEDAR = practices.LAKESIDE, practices.LAKESIDE_PEDIATRICS, practices.CEDAR_RIDGE
_SPECIALISTS = practices.CEDAR_RIDGE_SPECIALISTS
GRACE: Final = Treating(practices.GRACE_LIN, _LAKESIDE)
BIJAN: Final = Treating(practices.BIJAN_FARAHANI, _LAKESIDE)
PAUL: Final = Treating(practices.PAUL_ORTIZ, _LAKESIDE)
TEMPERANCE: Final = Treating(practices.TEMPERANCE_OKORO, _CHILDREN)
HELEN: Final = Treating(practices.HELEN_PARK, _CEDAR)
LUIS: Final = Treating(practices.LUIS_ARANDA, _CEDAR)
ILSE: Final = Treating(practices.ILSE_VANDERMEER, practices.VANDERMEER)
WALLIS: Final = Treating(practices.WALLIS_FENN, practices.JUNIPER_FLATS)
NADIA: Final = Treating(practices.NADIA_KHOURY, _SPECIALISTS)
RAMONA: Final = Treating(practices.RAMONA_STILES, practices.SANDSTONE)
STEFAN: Final = Treating(practices.STEFAN_BRANDT, _SPECIALISTS)


def _place(practice: Practice, attending: Provider | None = None) -> Treating:
    [itself] = (
        one.provider
        for one in practices.affiliations(date(2026, 1, 1))
        if one.practice is practice and one.provider.is_organization
    )
    return Treating(itself, practice, attending)


HARBOR: Final = _place(practices.HARBOR_POINT, practices.HELEN_PARK)
HARBOR_SURGERY: Final = _place(practices.HARBOR_POINT, practices.STEFAN_BRANDT)
RIVER: Final = _place(practices.BRIGHT_RIVER)
_WHO: Final = {
    Where.PCP: (GRACE, BIJAN, PAUL, HELEN, LUIS, ILSE, WALLIS),
    Where.CHILDREN: (TEMPERANCE, TEMPERANCE, PAUL),
    Where.HEART: (NADIA, NADIA, RAMONA),
    Where.BONES: (STEFAN,),
    Where.IMAGING: (RIVER,),
    Where.HOSPITAL: (HARBOR, HARBOR_SURGERY),
}
_OF_PCP: Final = {
    (who.provider.npi, who.practice.tax_id): who for who in _WHO[Where.PCP] + _WHO[Where.CHILDREN]
}


def pick(chance: Chance, where: Where, line: str, pcp: Pcp | None) -> Treating | None:
    """Somebody who gives this care in this line, the member's own PCP where that is one of the demo's; None
    where nobody of the demo does.
    """
    own = _OF_PCP.get((pcp.npi, pcp.tax_id)) if pcp else None
    if own and where in (Where.PCP, Where.CHILDREN):
        return own
    found = _serving(_WHO[where], line)
    return chance.pick(found) if found else None


def billing(who: Treating) -> Party:
    """The practice as it bills: itself, or the one doctor it is."""
    practice, npi = who.practice, practices.npi_of(who.practice)
    address = Address(
        practice.street, "", practice.town.name, STATE, f"{practice.town.postal_code}{_PLUS_FOUR}"
    )
    contact, telephone = "Billing office", practices.telephone(practice)
    if npi == who.provider.npi and not who.provider.is_organization:
        return _party(who.provider, practice.tax_id, address, contact, telephone)
    return Party(
        name=practice.name,
        npi=npi,
        tax_id=practice.tax_id,
        address=address,
        contact_name=contact,
        telephone=telephone,
    )


def person(who: Provider) -> Party:
    """A doctor as a claim names one."""
    return _party(who)


def _party(
    who: Provider, tax_id: str = "", address: Address = _NOWHERE, contact: str = "", tel: str = ""
) -> Party:
    return Party(
        name=who.last_name,
        first_name=who.first_name,
        is_person=not who.is_organization,
        npi=who.npi,
        tax_id=tax_id,
        taxonomy=who.specialty.taxonomy,
        address=address,
        contact_name=contact,
        telephone=tel,
    )


def _serving(all_of_them: Iterable[Treating], line: str) -> tuple[Treating, ...]:
    return tuple(who for who in all_of_them if line in who.practice.lines)
