"""Comparing what is claimed with the provider file, the lists and what is registered here already.

The same queries whatever is found.
"""

from portico.domains.offices import roster
from portico.domains.permits.permit import Permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.domains.registration import catalogue, lists, matching_rules, owners
from portico.domains.registration.catalogue_rows import Holds, Path
from portico.domains.registration.claims import Basis, Claim, Compared, Match, licence_key
from portico.domains.registration.matching_rules import Facts


def compare(given: Permit, claim: Claim) -> Match:
    """How the claim, in canonical form, compares with what is on file today."""
    offer = catalogue.offer(claim.account_type, claim.user_type, number=claim.catalogue)
    holds, path = (offer.holds, offer.path) if offer else (Holds.NOBODY, Path.QUEUE)
    key = licence_key(claim.licence_number)
    on_file = roster.read(
        given, npi=claim.npi, tax_ids=claim.tax_ids, licence_state=claim.licence_state, licence=key
    )
    is_claimed = owners.is_claimed(claim.licence_state, key)
    as_of = freshness.of().get(Feed.PROVIDERS)
    listed = matching_rules.closest(on_file, claim, holds)
    found = matching_rules.compared(listed, on_file, claim, holds)
    in_lists = lists.look_up(given, claim, provider=matching_rules.own(listed, claim))
    facts = Facts(
        findings=found | {each.field: each.finding for each in in_lists},
        is_claimed=is_claimed and holds is Holds.BOTH,
        office_id=next((on_file.offices[each] for each in claim.tax_ids if each in on_file.offices), None),
        path=path,
        is_shared=not on_file.shared.isdisjoint(claim.tax_ids),
        is_company=matching_rules.is_company(claim),
    )
    differs = () if facts.is_company else matching_rules.differing(found)
    return Match(
        compared=(
            *(Compared(field, finding, Basis.PROVIDER_FILE, as_of) for field, finding in found.items()),
            *in_lists,
        ),
        reason=matching_rules.reason(facts),
        differs=differs,
        office_id=None if differs or facts.is_company else facts.office_id,
        roster=() if differs or listed is None else listed.contacts,
    )
