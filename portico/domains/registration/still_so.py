"""Is what was agreed to still so? Compared once more at the moment an account would open.

A match holds for a day and an approval for thirty; meanwhile somebody may come onto the list of exclusions,
a licence may end, the provider file may say otherwise (decision record 0044).
"""

from dataclasses import dataclass

from portico.domains.permits.permit import Permit
from portico.domains.registration import (
    application_rows,
    catalogue,
    matching,
    models,
    on_file,
    opening,
    standing,
)
from portico.domains.registration import finishing_rules as rules
from portico.domains.registration.catalogue_rows import Path
from portico.domains.registration.claims import Reason

OFFICE_GONE = "office_gone"
"""The office that the desk let the applicant join does not bill under a claimed tax ID any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is no longer so: `told` is what the applicant reads, `found` the code the plan's desk reads."""

    told: Reason
    found: str

    @property
    def is_hidden(self) -> bool:
        """Does the applicant not learn what it is?"""
        return self.told is Reason.LOOKED_AT_AGAIN


def changed(given: Permit, application: models.Application) -> Change | None:
    """What keeps the account from being opened now; None where everything is as it was."""
    found = (
        _of_approval(given, application) if opening.is_decided(application) else _of_match(given, application)
    )
    if found is None:
        return None
    return Change(Reason(found) if found in rules.TOLD else Reason.LOOKED_AT_AGAIN, found)


def _of_match(given: Permit, application: models.Application) -> str | None:
    """A match goes through again, by all that is asked of one that is submitted now."""
    reason = matching.compare(given, application_rows.claim_of(application)).reason
    if reason is not None:
        return reason
    now = catalogue.offer(application.account_type, application.user_type)
    return None if now is not None and now.path is Path.INSTANT else Reason.ALWAYS_REVIEWED


def _of_approval(given: Permit, application: models.Application) -> str | None:
    """A yes was said to what was found then, and to the office that stood there."""
    facts = on_file.facts(given, application_rows.claim_of(application))
    turned = rules.turned(standing.of(application, facts.compared))
    if turned:
        return turned[0]
    joins = application.office_id
    return OFFICE_GONE if joins is not None and joins not in facts.offices else None
