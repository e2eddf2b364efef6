"""Routes of requests being written, below /authorizations/new/; nobody stands in them."""

from django.urls import path

from portico.edges.web.authorizations.requesting import (
    answering_questions,
    papers,
    reviewing,
    starting,
    writing,
)

urlpatterns = [
    path("", starting.new, name="request_new"),
    path("chosen/", starting.chosen, name="request_chosen"),
    path("drafts/", writing.listed, name="request_drafts"),
    path("<uuid:draft>/", writing.draft, name="request_draft"),
    path("<uuid:draft>/questions/", answering_questions.ask, name="request_questions"),
    path("<uuid:draft>/documents/", papers.of_draft, name="request_documents"),
    path("<uuid:draft>/documents/<uuid:document>/remove/", papers.remove, name="request_document_remove"),
    path("<uuid:draft>/review/", reviewing.review, name="request_review"),
    path("<uuid:draft>/hand-over/", writing.hand_over, name="request_hand_over"),
    path("<uuid:draft>/take/", writing.take, name="request_take"),
    path("<uuid:draft>/drop/", writing.drop, name="request_drop"),
    path("<uuid:draft>/sent/", reviewing.sent, name="request_sent"),
]
