"""Routes of an office's administrator."""

from django.urls import include, path

from portico.edges.web.billing import urls as billing
from portico.edges.web.help import onboarding
from portico.edges.web.lookups import urls as lookups
from portico.edges.web.lookups.sides import OFFICE as OFFICES_LOOKUPS
from portico.edges.web.office import systems
from portico.edges.web.officers import office_urls as officers
from portico.edges.web.people import urls as people
from portico.edges.web.people.sides import OFFICE
from portico.edges.web.requests import urls as requests
from portico.edges.web.requests.sides import OFFICE as REQUESTS

urlpatterns = [
    path("", include(officers)),
    path("", include(billing.office_urlpatterns)),
    path("lookups/", include(lookups.of(OFFICES_LOOKUPS))),
    path("directory/", include("portico.edges.web.upkeep.urls")),
    path("systems/", systems.listed, name="office_systems"),
    path("people/", include([*people.of_office(), *people.of(OFFICE)])),
    path("onboarding/", onboarding.shown, {"side": OFFICE}, name="office_onboarding"),
    path("requests/", include([*requests.of(REQUESTS), *requests.joining_urlpatterns])),
]
