"""Routes of the plan's desk for identities: what waits to be verified, and the rules of when it is asked."""

from django.urls import path

from portico.edges.web.staff import identity, sign_in_rules

urlpatterns = [
    path("identity/", identity.queue, name="identity_queue"),
    path("identity/<int:number>/", identity.case, name="identity_case"),
    path("identity/<int:number>/files/<int:document_id>/", identity.document, name="identity_document"),
    path("identity/<int:number>/accept/", identity.accept, name="identity_accept"),
    path("identity/<int:number>/refuse/", identity.refuse, name="identity_refuse"),
    path("identity/<int:number>/call/", identity.call, name="identity_call"),
    path("sign-in-rules/", sign_in_rules.edit, name="sign_in_rules"),
    path("sign-in-rules/history/", sign_in_rules.history, name="sign_in_rules_history"),
]
