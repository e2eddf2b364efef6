"""Who is meant, when a program says all it knows at once: what was given must agree (CAQH CORE 258, 259)."""

from collections.abc import Sequence
from dataclasses import replace

from portico.domains.members import matching_rules, models, rules, visibility
from portico.domains.members.asked import ByFacts, ByMemberId, ByName, BySsn, Facts, NoAnswer, NotAnswered
from portico.domains.members.matching_rules import Known
from portico.domains.permits.permit import Permit
from portico.shared import identifiers, names
from portico.shared.identifiers import BadIdentifier


def way_of(by: ByFacts) -> ByMemberId | BySsn | ByName:
    """The way to search for `by.person`: a member ID alone is enough where its dependent is known by first
    name and birth date, which must agree too. Raises BadIdentifier.
    """
    person, dependent = by.person, by.dependent
    if person.member_id and dependent and dependent.first_name and dependent.birth_date:
        return ByMemberId(person.member_id, person.which_id)
    return surest(person)


def surest(facts: Facts) -> ByMemberId | BySsn | ByName:
    """The way to search by that is surest of those the facts allow.

    Raises BadIdentifier with the code not_enough where they allow none: a member ID needs a last name or a
    birth date beside it, everything else a birth date.
    """
    if facts.member_id and (facts.last_name or facts.birth_date):
        return ByMemberId(facts.member_id, facts.which_id)
    if facts.birth_date and facts.ssn:
        return BySsn(facts.ssn, facts.birth_date)
    if facts.birth_date and facts.last_name:
        return ByName(facts.last_name, facts.birth_date)
    raise BadIdentifier(
        "not_enough", "Send a member ID with a name or birth date, or a last name with a birth date."
    )


def meant(given: Permit, found: Sequence[models.Member], by: ByFacts) -> list[models.Member] | NotAnswered:
    """Those of `found` (the same ID, SSN or name) whom all the facts mean; or what differs."""
    persons = _agreeing(found, by.person, prefer_subscriber=by.is_subscriber or by.dependent is not None)
    if by.dependent is None or isinstance(persons, NotAnswered):
        return persons
    dependents = _dependents(given, persons, by.dependent)
    return replace(dependents, of_dependent=True) if isinstance(dependents, NotAnswered) else dependents


def _dependents(
    given: Permit, subscribers: Sequence[models.Member], facts: Facts
) -> list[models.Member] | NotAnswered:
    """The dependents meant, on the policies of these subscribers. One query."""
    if not (facts.first_name or facts.birth_date):
        return NotAnswered(NoAnswer.NOT_ENOUGH)
    policies = {member.subscriber_number for member in subscribers}
    shown = models.Member.objects.filter(visibility.q(given), subscriber_number__in=policies)
    family = list(shown.exclude(relationship=rules.SUBSCRIBER).order_by("pk")[: rules.MOST_CANDIDATES])
    if not family:
        return NotAnswered(NoAnswer.DEPENDENT_NOT_FOUND)
    return _agreeing(family, facts, prefer_subscriber=False, nobody_near=NoAnswer.DEPENDENT_NOT_FOUND)


def _agreeing(
    found: Sequence[models.Member],
    facts: Facts,
    *,
    prefer_subscriber: bool,
    nobody_near: NoAnswer | None = None,
) -> list[models.Member] | NotAnswered:
    wanted = Known(names.key(facts.last_name), names.key(facts.first_name), facts.birth_date)
    differences = [matching_rules.differences(_of(member), wanted) for member in found]
    agreeing = [member for member, differs in zip(found, differences, strict=True) if not differs]
    if not agreeing:
        return _differs(differences, nobody_near)
    return _preferred(agreeing, facts, prefer_subscriber)


def _differs(differences: Sequence[tuple[NoAnswer, ...]], nobody_near: NoAnswer | None) -> NotAnswered:
    fewest = min(differences, key=len)
    if nobody_near is not None and len(fewest) > 1:
        return NotAnswered(nobody_near)
    return NotAnswered(fewest[0], also=fewest[1:])


def _preferred(agreeing: list[models.Member], facts: Facts, prefer_subscriber: bool) -> list[models.Member]:
    """One's own ID goes before a number shared by the policy; then, where asked for, the subscriber."""
    sent = identifiers.compact_member_id(facts.member_id)
    own = [member for member in agreeing if member.member_id == sent]
    subscribers = [member for member in agreeing if member.relationship == rules.SUBSCRIBER]
    if len(own) == 1 and not (prefer_subscriber and len(subscribers) == 1):
        return own
    return subscribers if prefer_subscriber and len(subscribers) == 1 else agreeing


def _of(member: models.Member) -> Known:
    return Known(member.last_key, member.first_key, member.birth_date)
