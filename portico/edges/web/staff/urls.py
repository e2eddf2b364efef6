"""Routes of the plan's own staff."""

from django.urls import include, path

from portico.domains.access.machines import FHIR_CLIENT, TRADING_PARTNER
from portico.edges.web.lookups import urls as lookups
from portico.edges.web.lookups.sides import PLAN as PLANS_LOOKUPS
from portico.edges.web.requests import urls as requests
from portico.edges.web.requests.sides import PLAN as REQUESTS
from portico.edges.web.staff import (
    access_rules,
    audit,
    claim_rules,
    exchanges,
    feeds,
    machine_making,
    machines,
    receipts,
    terms,
    work,
)

PARTNER, CLIENT = {"kind": TRADING_PARTNER}, {"kind": FHIR_CLIENT}

urlpatterns = [
    path("receipts/", receipts.verify, name="verify_receipt"),
    path("work/", work.work_items, name="work_items"),
    path("work/<slug:reference>/done/", work.close, name="work_item_done"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/<uuid:job>/", feeds.feed, name="feed"),
    path("machines/", machines.listed, name="machines"),
    path("machines/new/", machine_making.choose_office, name="machine_new"),
    path("machines/new/trading-partner/<slug:office>/", machine_making.connect, PARTNER, name="partner_new"),
    path("machines/new/fhir-client/<slug:office>/", machine_making.connect, CLIENT, name="client_new"),
    path("machines/<uuid:machine>/", machines.one, name="machine"),
    path("machines/<uuid:machine>/password/", machine_making.rotate, name="machine_rotate"),
    path("machines/<uuid:machine>/keys/", machine_making.replace_keys, name="machine_keys"),
    path("machines/<uuid:machine>/grants/", machines.grant, name="machine_grant"),
    path("machines/<uuid:machine>/grants/<int:number>/end/", machines.end_grant, name="machine_grant_end"),
    path("machines/<uuid:machine>/revoke/", machines.revoke, name="machine_revoke"),
    path("exchanges/", exchanges.listed, name="exchanges"),
    path("exchanges/<int:number>/", exchanges.one, name="exchange"),
    path("access-rules/", access_rules.edit, name="access_rules"),
    path("access-rules/history/", access_rules.history, name="access_rules_history"),
    path("claim-rules/", claim_rules.edit, name="claim_rules"),
    path("authorizations/", include("portico.edges.web.staff.authorizations.urls")),
    path("audit/", audit.audit, name="audit"),
    path("lookups/", include(lookups.of(PLANS_LOOKUPS))),
    path("terms/", terms.listed, name="staff_terms"),
    path("terms/new/", terms.publish, name="staff_terms_new"),
    path("", include("portico.edges.web.staff.identity_urls")),
    path("people/", include("portico.edges.web.staff.people_urls")),
    path("access-requests/", include(requests.of(REQUESTS))),
    path("", include("portico.edges.web.staff.help_desk.urls")),
    path("enquiries/", include("portico.edges.web.staff.enquiry_urls")),
    path("recoveries/", include("portico.edges.web.staff.recovery_urls")),
    path("library/", include("portico.edges.web.staff.library.urls")),
    path("directory/", include("portico.edges.web.staff.directory.urls")),
    path("network/", include("portico.edges.web.staff.network_urls")),
    path("registrations/", include("portico.edges.web.staff.registrations.urls")),
    path("registration-rules/", include("portico.edges.web.staff.registration_rules.urls")),
    path("identity-providers/", include("portico.edges.web.staff.single_sign_on.urls")),
]
