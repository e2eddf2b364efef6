"""Acts within the office on a request: a note, who follows it, and its documents to take away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from portico.domains.authorizations import assigning, documents, office_notes, opening
from portico.domains.permits.functions import Function
from portico.edges.web import asking, attachments
from portico.edges.web.authorizations import forms, page
from portico.shared import pages

_GONE = "This colleague cannot be given the request: choose one of the list."


@sensitive_post_parameters()
@require_POST
def note(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Keep a note for the colleagues."""
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return page.show(request, authorization, note=form, status=422)
    try:
        office_notes.add(
            actor=asking.actor_of(request), authorization=authorization, text=form.cleaned_data["text"]
        )
    except opening.AuthorizationNotFound as error:
        raise Http404 from error
    messages.success(request, "The note is kept. Your office alone reads it.")
    return redirect("authorization", authorization=authorization)


@require_POST
def assign(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Let a colleague follow the request, or nobody."""
    chosen = request.POST.get("persona", "")
    persona_id = int(chosen) if pages.is_row(chosen) else None
    try:
        assigning.assign(actor=asking.actor_of(request), authorization=authorization, persona_id=persona_id)
        messages.success(request, "Who follows the request is changed.")
    except opening.AuthorizationNotFound as error:
        raise Http404 from error
    except assigning.CannotAssign:
        messages.error(request, _GONE)
    return redirect("authorization", authorization=authorization)


@require_safe
def document(request: HttpRequest, authorization: UUID, document: UUID) -> HttpResponse:
    """Hand out a document, never to be shown in the page's own origin."""
    try:
        file = documents.hand_out(
            actor=asking.actor_of(request),
            authorization=authorization,
            document=document,
            function=Function.AUTHORIZATION_INQUIRY,
        )
    except documents.UnknownDocument as error:
        raise Http404 from error
    return attachments.sent(file.name, file.content_type, file.content)
