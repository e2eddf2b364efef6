"""Publishes the plan's lists of authorizations, each before it counts, and what is asked with a request.

Imported once Django is set up; the lists are loaded. The list of next year waits for the desk.
"""

from datetime import date, datetime, time, timedelta

from portico.demo import acting, questions, requirements
from portico.demo import days as demo_days
from portico.domains.authorizations import questionnaires, requirement_lists
from portico.domains.permits.actors import Actor
from portico.domains.plan import opening

_BEFORE = timedelta(days=30)


def everything(*, today: date) -> None:
    """Publish the questions, and the lists that count by now."""
    _publish_questions(demo_days.year_start(today))
    for version in requirements.versions(today):
        if version.effective_on <= today:
            _publish(version.name, version.effective_on)


def _publish(name: str, effective_on: date) -> None:
    desk = _desk(effective_on)
    _, seen = requirement_lists.preview(actor=desk, version=name)
    requirement_lists.publish(actor=desk, version=name, digest=seen.digest)


def _publish_questions(effective_on: date) -> None:
    """Write and publish them with the list that names them."""
    desk = _desk(effective_on)
    written = questionnaires.write(
        actor=desk, key=questions.KNEE, title=questions.KNEE_TITLE, content=questions.CONTENT
    )
    questionnaires.publish(actor=desk, key=written.key, version=written.version)


def _desk(effective_on: date) -> Actor:
    """The plan's desk, some time before that day."""
    return acting.system(datetime.combine(effective_on - _BEFORE, time(10), opening.hours().zone))
