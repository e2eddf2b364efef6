"""What somebody follows: topics and lines, how often a mail tells of them, and the news."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.library import following, topics
from portico.domains.library.following import CannotFollow
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.edges.web import asking, parts
from portico.edges.web.reading import words
from portico.edges.web.reading.topics import in_words
from portico.edges.web.rendering import Options

REFUSALS = {
    "unknown_topic": "Choose one of these topics.",
    "unknown_line": "Choose one of these lines.",
    "too_many_followed": f"You follow {following.MOST} already. Stop following one of them first.",
}
_CHOOSE = {"required": "Choose one of these.", "invalid_choice": "Choose one of these."}


class FollowForm(forms.Form):
    """A topic, a line, and how often."""

    topic = forms.ChoiceField(label="Topic", required=False, error_messages=_CHOOSE)
    line = forms.ChoiceField(label="Line of business", required=False, error_messages=_CHOOSE)
    cadence = forms.ChoiceField(
        label="A mail comes",
        choices=words.CADENCES,
        initial="weekly",
        widget=Options(),
        error_messages=_CHOOSE,
    )

    def __init__(self, data: Any = None, *, actor: Actor, **initial: str) -> None:
        """Offer the topics there are, those below others after them, and the plan's lines."""
        super().__init__(data, initial=initial)
        lines = list(catalogue.line_names().items())
        found = topics.every(actor=actor)
        named = [(each.code, "\u2003" * each.depth + each.name) for each in found]
        for field, choices in (
            ("topic", [("", "Every topic"), *named]),
            ("line", [("", "Every line"), *lines]),
        ):
            self.fields[field].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def shown(request: HttpRequest) -> HttpResponse:
    """What one follows and the news of it; a POST follows one more."""
    actor = asking.actor_of(request)
    asked = {"topic": request.GET.get("topic", ""), "line": parts.of(request).line}
    form = FollowForm(request.POST if request.method == "POST" else None, actor=actor, **asked)
    if form.is_bound and form.is_valid() and _followed(actor, form):
        messages.success(request, "You follow it now.")
        return redirect("library_following")
    found = following.mine(actor=actor)
    names = catalogue.line_names()
    context = {
        "form": form,
        "followed": [
            (each, names.get(each.line, each.line), dict(words.CADENCES)[each.cadence])
            for each in found.followed
        ],
        "news": [in_words(row) for row in found.news],
        "days": following.NEWS_DAYS,
    }
    return render(request, "reading/following.html", context, status=422 if form.errors else 200)


@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Follow something no more."""
    if not following.stop(actor=asking.actor_of(request), number=number):
        raise Http404
    messages.success(request, "You follow it no more.")
    return redirect("library_following")


def _followed(actor: Actor, form: FollowForm) -> bool:
    said = form.cleaned_data
    try:
        following.follow(actor=actor, topic=said["topic"], line=said["line"], cadence=said["cadence"])
    except CannotFollow as error:
        form.add_error(None, REFUSALS[error.code])
        return False
    return True
