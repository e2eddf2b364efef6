"""The people one looks after: a list searched by a POST, and the resets that wait for a second person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portico.domains.access import factor_resetting, people
from portico.domains.access.people import Listed
from portico.edges.web import asking
from portico.edges.web.people import words
from portico.edges.web.people.forms import SoughtForm
from portico.edges.web.people.sides import Side


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, side: Side) -> HttpResponse:
    """The people, the newest first; what is looked for is sent, and stands in no address."""
    actor = asking.actor_of(request)
    form = SoughtForm(request.POST if request.method == "POST" else {}, with_office=side.is_plan)
    asked = form.cleaned_data if form.is_valid() else {}
    page = people.page(
        actor=actor,
        function=side.function,
        sought=form.sought() if asked else people.Sought(),
        office=asked.get("office", ""),
        key=asked.get("after", ""),
    )
    wanted = {name: value for name, value in asked.items() if value and name != "after"}
    context = {
        "side": side,
        "form": form,
        "rows": [_row(side, each) for each in page.rows],
        "next": {**wanted, "after": page.next_key} if page.next_key else {},
        "is_sought": bool(wanted),
        "resets": [
            (each, side.person(each.user_id))
            for each in factor_resetting.waiting(actor=actor, function=side.function)
        ],
    }
    return render(request, "people/people.html", context, status=422 if form.errors else 200)


def _row(side: Side, listed: Listed) -> dict[str, object]:
    said, tone = words.STANDINGS[listed.row.standing]
    return {
        "row": listed.row,
        "url": side.person(listed.row.user_id),
        "personas": [words.persona(held) for held in listed.personas if held.suspended_at is None],
        "said": said,
        "tone": tone,
    }
