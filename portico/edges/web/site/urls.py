"""Routes of the pages around the areas."""

from django.urls import path

from portico.edges.web import appearance
from portico.edges.web.site import identity_help, notices, views

urlpatterns = [
    path("", views.home, name="home"),
    path("why/<slug:function>/", views.why, name="why"),
    path("notices/", notices.of_office, name="notices"),
    path("support/", views.support, name="support"),
    path("support/identity/", identity_help.identity, name="support_identity"),
    path("appearance/", appearance.choose_appearance, name="appearance"),
    path("health/", views.health, name="health"),
]
