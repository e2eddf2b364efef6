"""The first step of most tests: our front desk finds somebody."""

from datetime import date
from uuid import UUID

from portico.domains.members import search
from portico.domains.members.answers import Found
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor


def looked_up(
    member_id: str = "N1001",
    *,
    actor: Actor | None = None,
    as_of: date = factories.TODAY,
    line: str | None = None,
) -> UUID:
    """The lookup of one person, found and chosen."""
    inquiry = factories.inquiry(member_id, as_of=as_of, line=line)
    answer = search.find(actor=actor or factories.front_desk(), inquiry=inquiry)
    assert isinstance(answer, Found)
    assert answer.chosen
    return answer.lookup
