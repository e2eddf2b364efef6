"""Routes of the plan's desk for authorizations."""

from django.urls import path

from portico.edges.web.staff.authorizations import rules

urlpatterns = [
    path("rules/", rules.index, name="authorization_rules"),
]
