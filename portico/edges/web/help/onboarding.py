"""Onboarding from either side: who is how far, stuck at what and since when, and the same-day goal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.support import onboarding
from portico.domains.support.onboarding import Row
from portico.edges.web import asking
from portico.edges.web.help import desk_words, words
from portico.edges.web.people.sides import Side


@require_safe
def shown(request: HttpRequest, side: Side) -> HttpResponse:
    """Those on the way, the newest first."""
    after = request.GET.get("after", "")
    tracker = onboarding.tracker(actor=asking.actor_of(request), function=side.function, after=after)
    context = {
        "tracker": tracker,
        "share": tracker.same_day.share,
        "stuck_at": [(words.STEPS[step], count) for step, count in tracker.stuck_at],
        "rows": [_row(side, row) for row in tracker.page.rows],
        "next_key": tracker.page.next_key,
        "is_plan": side.is_plan,
    }
    return render(request, "help/onboarding.html", context)


def _row(side: Side, row: Row) -> dict[str, Any]:
    stuck = row.stuck
    return {
        "row": row,
        "url": side.person(row.user_id),
        "steps": [(words.STEPS[each.step], each.sign, words.SIGNS[each.sign], each.at) for each in row.steps],
        "stuck": stuck,
        "stuck_at": words.STEPS[stuck.step] if stuck else "",
        "says": words.STUCK[stuck.step, stuck.code] if stuck else "",
        "who": desk_words.OF_OTHERS[stuck.by] if stuck else "",
    }
