"""The documents of a draft: handed in with a receipt each, taken out again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.authorizations import document_kinds, drafts
from portico.domains.authorizations.document_kinds import Full
from portico.domains.authorizations.draft_faults import NotYours, UnknownDraft
from portico.domains.authorizations.drafts import Draft
from portico.edges.web import asking
from portico.edges.web.accounts.identity.forms import ACCEPTED, FAULTS
from portico.edges.web.authorizations import labels
from portico.edges.web.authorizations.requesting import writing
from portico.shared.files import keeping
from portico.shared.files.checking import MOST_BYTES
from portico.shared.files.faults import Fault
from portico.shared.files.keeping import Looked


class DocumentForm(forms.Form):
    """A document, and what it is."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=list(labels.DOCUMENTS.items()),
        error_messages={"invalid_choice": "Choose what it is.", "required": "Choose what it is."},
    )
    file = forms.FileField(
        label="Document",
        help_text="PDF, PNG or JPEG, up to 5 MB. About this patient alone.",
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose a file."},
    )

    def __init__(self, data: Any = None, files: Any = None, *, sent: int = 0) -> None:
        """Take what was sent; a request of too many bytes (`sent`) arrived without its file."""
        super().__init__(data, files)
        if sent > MOST_BYTES:
            self.fields["file"].error_messages["required"] = FAULTS[Fault.TOO_LARGE]

    def looked(self) -> Looked | None:
        """The document of the valid form; None, and said in it, where it is none that is taken."""
        sent = self.cleaned_data.get("file")
        if sent is None:
            return None
        found = keeping.look(sent.name, bytes(sent.read(MOST_BYTES + 1)))
        if isinstance(found, Looked):
            return found
        self.add_error("file", FAULTS[found])
        return None


def of_request(request: HttpRequest) -> DocumentForm:
    """The form as it was sent."""
    return DocumentForm(request.POST, request.FILES, sent=int(request.META.get("CONTENT_LENGTH") or 0))


@require_http_methods(["GET", "POST"])
def of_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The documents of a draft; posted, one more is kept."""
    found = writing.found_or_sent(request, draft)
    if isinstance(found, HttpResponse):
        return found
    if request.method != "POST":
        return _page(request, found, DocumentForm())
    form = of_request(request)
    looked = form.looked() if form.is_valid() else None
    if looked is not None and _kept(request, draft, form, looked):
        return redirect("request_documents", draft=draft)
    return _page(request, found, form, status=422)


@require_POST
def remove(request: HttpRequest, draft: UUID, document: UUID) -> HttpResponse:
    """Take a document out of a draft."""
    try:
        drafts.remove_document(actor=asking.actor_of(request), draft=draft, document=document)
    except UnknownDraft as error:
        raise Http404 from error
    except NotYours:
        messages.error(request, writing.NOT_YOURS)
    return redirect("request_documents", draft=draft)


def _kept(request: HttpRequest, draft: UUID, form: DocumentForm, looked: Looked) -> bool:
    """Was it kept, or is there another way to go on? What is wrong is said in the form."""
    kind = form.cleaned_data["kind"]
    try:
        kept = drafts.add_document(actor=asking.actor_of(request), draft=draft, kind=kind, file=looked)
    except UnknownDraft as error:
        raise Http404 from error
    except NotYours:
        messages.error(request, writing.NOT_YOURS)
        return True
    if isinstance(kept, Full):
        form.add_error("file", labels.FULL[kept])
        return False
    messages.success(request, f"{kept.name} is kept. Its receipt is {kept.reference}.")
    return True


def _page(request: HttpRequest, found: Draft, form: DocumentForm, *, status: int = 200) -> HttpResponse:
    shown = [(each, labels.DOCUMENTS[document_kinds.known(each.kind)]) for each in found.documents]
    context = writing.frame(found, 3) | {
        "form": form,
        "documents": shown,
        "may_add": len(shown) < document_kinds.MOST_FILES,
    }
    return render(request, "authorizations/requesting/documents.html", context, status=status)
