"""Routes of the catalogue of what may be registered."""

from django.urls import path

from portico.edges.web.staff.registration_rules import pages

urlpatterns = [
    path("", pages.edit, name="registration_rules"),
    path("versions/", pages.versions, name="registration_rules_versions"),
]
