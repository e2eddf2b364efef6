"""Publishes the plan's lists of authorizations, each before it counts.

Imported once Django is set up; the lists are loaded. The list of next year waits for the desk.
"""

from datetime import date, datetime, time, timedelta

from portico.demo import acting, requirements
from portico.domains.authorizations import requirement_lists
from portico.domains.plan import opening

_BEFORE = timedelta(days=30)


def everything(*, today: date) -> None:
    """Publish those that count by now."""
    for version in requirements.versions(today):
        if version.effective_on <= today:
            _publish(version.name, version.effective_on)


def _publish(name: str, effective_on: date) -> None:
    at = datetime.combine(effective_on - _BEFORE, time(10), opening.hours().zone)
    desk = acting.system(at)
    _, seen = requirement_lists.preview(actor=desk, version=name)
    requirement_lists.publish(actor=desk, version=name, digest=seen.digest)
