"""Routes of an office's administrator."""

from django.urls import path

from portico.edges.web.office import systems

urlpatterns = [path("systems/", systems.listed, name="office_systems")]
