"""Every address of the portal."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from portico.edges.web.requirements import urls as requirements

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portico.edges.web.site.urls")),
    path("today/", include("portico.edges.web.today.urls")),
    path("", include("portico.edges.web.help.urls")),
    path("", include("portico.edges.web.accounts.urls")),
    path("", include("portico.edges.web.members.urls")),
    path("", include("portico.edges.web.batches.urls")),
    path("", include("portico.edges.web.claims.urls")),
    path("authorizations/", include("portico.edges.web.authorizations.urls")),
    path("authorizations/", include("portico.edges.web.authorizations.talks.urls")),
    path("remittances/", include("portico.edges.web.remittances.urls")),
    path("encounters/", include("portico.edges.web.encounters.urls")),
    path("providers/", include("portico.edges.web.finding.urls")),
    path("register/", include("portico.edges.web.register.urls")),
    path("authorization-required/", include(requirements.office)),
    path("authorization-list/", include(requirements.for_everybody)),
    path("authorization-metrics/", include("portico.edges.web.metrics.urls")),
    path("join-network/", include("portico.edges.web.network.urls")),
    path("", include("portico.edges.web.billing.urls")),
    path("access-requests/", include("portico.edges.web.requests.urls")),
    path("office/", include("portico.edges.web.office.urls")),
    path("recovery/", include("portico.edges.web.officers.urls")),
    path("staff/", include("portico.edges.web.staff.urls")),
    path("", include("portico.edges.web.library_search.urls")),
    # After every other page of the library: a document's key takes what they leave.
    path("", include("portico.edges.web.reading.urls")),
    path("x12/", include("portico.edges.x12.urls")),
    path("", include("portico.edges.fhir.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("portico.edges.web.mailbox.urls")))

handler400 = "portico.edges.web.site.errors.bad_request"
handler404 = "portico.edges.web.site.errors.not_found"
handler500 = "portico.edges.web.site.errors.server_error"
