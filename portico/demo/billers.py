"""People who follow the money: claims, payments, encounters; one of them for one doctor only."""

from typing import Final

from portico.demo import practices
from portico.demo.offices import CEDAR_RIDGE, HARBOR_POINT, LAKESIDE, Office
from portico.demo.personas import Grant, Persona, User
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function

_CLAIMS: Final = (Function.ELIGIBILITY, Function.BENEFITS, Function.CLAIMS_INQUIRY, Function.CLAIM_SUBMISSION)
_MONEY: Final = (*_CLAIMS, Function.REMITTANCE, Function.REPORTS)


def _end_user(office: Office, grant: Grant) -> tuple[Persona, ...]:
    return (Persona(PersonaKind.END_USER, office, grants=(grant,)),)


PEOPLE: Final[tuple[User, ...]] = (
    User(
        "billing_lead",
        "imogen.castle",
        "Imogen",
        "Castle",
        "every-cent-has-a-home-town-9",
        "QGTGK63CHKK7G6KKAGHQ57SYMHDF3KNE",
        _end_user(LAKESIDE, Grant(_MONEY, LAKESIDE.tax_ids)),
        "Lakeside's billing lead: claims and remittances, both tax IDs, every line",
    ),
    User(
        "one_provider_biller",
        "desmond.oakley",
        "Desmond",
        "Oakley",
        "one-doctor-many-envelopes-5",
        "HQWIL4DIONRCIKLG4ATTG3FIFQYOYKBW",
        _end_user(
            LAKESIDE,
            Grant(_MONEY, (practices.LAKESIDE.tax_id,), providers=(practices.GRACE_LIN.npi,)),
        ),
        "Biller for one provider: of claims and payments, Grace Lin's part only",
    ),
    User(
        "encounter_desk",
        "philippa.strand",
        "Philippa",
        "Strand",
        "nine-hundred-visits-a-week-3",
        "RPRT5MY4ZZ7HB4OOI3CAMEI27UKLPXJ4",
        _end_user(CEDAR_RIDGE, Grant((*_CLAIMS, Function.ENCOUNTERS), CEDAR_RIDGE.tax_ids)),
        "Cedar Ridge's encounter desk: sends encounters, repairs what was rejected; claims too",
    ),
    User(
        "hospital_biller",
        "aurelio.banks",
        "Aurelio",
        "Banks",
        "three-nights-in-bed-seven-12",
        "QP5BZ4JQJOMC6CHYWTKAAH7WJIGQI6RN",
        _end_user(HARBOR_POINT, Grant(_MONEY, HARBOR_POINT.tax_ids)),
        "Harbor Point Hospital's billing: institutional claims and their payments",
    ),
)
