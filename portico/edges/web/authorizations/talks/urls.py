"""Routes of talks about a request."""

from django.urls import path

from portico.edges.web.authorizations.talks import views

urlpatterns = [
    path("<uuid:authorization>/talk/", views.talk, name="authorization_talk"),
    path("<uuid:authorization>/talk/cancel/", views.cancel, name="authorization_talk_cancel"),
    path(
        "<uuid:authorization>/talk/<uuid:talk>/calendar.ics",
        views.calendar,
        name="authorization_talk_calendar",
    ),
]
