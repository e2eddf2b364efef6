"""Routes of taking an office over."""

from django.urls import path

from portico.edges.web.officers import recovery

urlpatterns = [
    path("", recovery.shown, name="recovery"),
    path("claim/", recovery.claim, name="recovery_claim"),
    path("withdraw/", recovery.withdraw, name="recovery_withdraw"),
    path("object/", recovery.object_here, name="recovery_object"),
    path("objection/", recovery.object_by_link, name="recovery_objection"),
]
