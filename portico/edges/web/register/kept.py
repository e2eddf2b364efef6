"""What was filled in so far, as it was typed; and the claim it makes once every step is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from django.utils.datastructures import MultiValueDict

from portico.domains.registration import field_checks
from portico.domains.registration.catalogue_rows import AccountType, Offer
from portico.domains.registration.claims import Agreement, Claim

LONGEST: Final = 254
MOST_TAX_IDS: Final = field_checks.MOST_TAX_IDS
TAX_ID: Final = "tax_id_"
REGIONS: Final = "regions"
READY: Final = "ready"
TAX_IDS: Final = "tax_ids"
OF_EVERYBODY: Final = ("first_name", "last_name", "email", "telephone", "office_name")


@dataclass(frozen=True, slots=True)
class Kept:
    """The values of a draft by the names of their fields: a text, or several."""

    values: Mapping[str, object] = field(default_factory=dict, repr=False)

    def text(self, name: str) -> str:
        """One value; empty where there is none."""
        found = self.values.get(name)
        return found if isinstance(found, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Several values of one name."""
        found = self.values.get(name)
        return tuple(map(str, found)) if isinstance(found, Sequence) and not isinstance(found, str) else ()

    def having(self, values: Mapping[str, object]) -> "Kept":
        """The same with these values instead of what stood there; None leaves nothing."""
        both = {**self.values, **values}
        return replace(self, values={name: value for name, value in both.items() if value is not None})

    def sent(self) -> MultiValueDict[str, str]:
        """The values as a form takes what was sent."""
        return MultiValueDict({name: list(self.texts(name)) or [self.text(name)] for name in self.values})


def tax_ids_in(values: Mapping[str, object]) -> tuple[str, ...]:
    """The tax IDs among values by the names of fields, as typed: `tax_id_0`, `tax_id_1` and so on."""
    names = (f"{TAX_ID}{place}" for place in range(MOST_TAX_IDS))
    return tuple(str(values[name]) for name in names if name in values)


def claim(kept: Kept, offer: Offer, catalogue: int) -> Claim:
    """What the applicant says; what the type does not ask for is left out."""
    asked = field_checks.needed(offer.needs)
    texts = {name: canonical(kept, name) for name in (*asked, *OF_EVERYBODY) if name != TAX_IDS}
    return Claim(
        **{"npi": "", **texts},
        account_type=AccountType(offer.account_type),
        user_type=offer.code,
        catalogue=catalogue,
        regions=kept.texts(REGIONS),
        tax_ids=tax_ids(kept) if TAX_IDS in asked else (),
    )


def canonical(kept: Kept, name: str) -> str:
    """A value as it is kept and compared."""
    return field_checks.canonical(name, kept.text(name))


def tax_ids(kept: Kept) -> tuple[str, ...]:
    """The tax IDs, each once."""
    typed = [each for each in tax_ids_in(kept.values) if each.strip()]
    return tuple(dict.fromkeys(field_checks.canonical("tax_id", each) for each in typed))


def agreement(kept: Kept, at: datetime) -> Agreement:
    """The terms that were agreed to, when and from where; none, at `at`, where the plan has none."""
    agreed_at = kept.text("terms_at")
    return Agreement(
        version=kept.text("terms_version"),
        digest=kept.text("terms_digest"),
        at=datetime.fromisoformat(agreed_at) if agreed_at else at,
        address=kept.text("terms_address"),
    )


def agreed(version: str, digest: str, at: datetime, address: str) -> dict[str, object]:
    """The values that keep an agreement."""
    return {
        "terms_version": version,
        "terms_digest": digest,
        "terms_at": at.isoformat(),
        "terms_address": address,
    }
