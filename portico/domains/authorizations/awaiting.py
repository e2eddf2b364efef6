"""Who is next on an open request: the office while something is asked of it, else the plan.

After every question that is asked or settled the services and the whole stand anew, here and nowhere else.
"""

from collections.abc import Collection

from portico.domains.authorizations import clocks, models, state_rules
from portico.domains.authorizations.facts.shown import OPEN, State
from portico.domains.permits.permit import Permit

_Asked = models.InformationRequest.State


def stand(given: Permit, row: models.Authorization) -> State:
    """Set the states of a locked request by its open questions; answers that of the whole. Keeps the row.

    A question about the whole makes every open service wait for the office. A clock that stood still for the
    answers goes on. Each call counts as a change.
    """
    asked = open_questions(row)
    services = list(row.services.all())
    for service in services:
        if service.state in OPEN:
            service.state = State.PENDED if is_awaited(asked, service.pk) else State.IN_REVIEW
    models.Service.objects.bulk_update(services, ["state"])
    row.state = state_rules.whole([State(service.state) for service in services])
    touch(given, row)
    row.save(update_fields=["state", "version", "changed_at"])
    if row.state == State.IN_REVIEW and clocks.may_pause(row, clocks.Pause.INFORMATION_ASKED):
        clocks.resume(given, row)
    return State(row.state)


def open_questions(row: models.Authorization) -> list[models.InformationRequest]:
    """What the plan asks for and has no answer to, in the order it was asked."""
    return list(row.asked_for.filter(state=_Asked.OPEN).order_by("pk"))


def is_awaited(asked: Collection[models.InformationRequest], service: int) -> bool:
    """Is something asked about the service of that number, or about the whole?"""
    return any(question.service_id in (None, service) for question in asked)


def touch(given: Permit, row: models.Authorization) -> None:
    """Note that the request changed just now: pages that show an older version are told so."""
    row.version += 1
    row.changed_at = given.actor.asked_at
