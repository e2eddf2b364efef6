"""Routes of an office's administrator."""

from django.urls import include, path

from portico.edges.web.office import systems
from portico.edges.web.people import urls as people
from portico.edges.web.people.sides import OFFICE

urlpatterns = [
    path("systems/", systems.listed, name="office_systems"),
    path("people/", include(people.of(OFFICE))),
]
