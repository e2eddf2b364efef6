"""Routes of billing companies: within an office's own, and the switch of sides."""

from django.urls import path

from portico.edges.web.billing import given, received, switching

urlpatterns = [path("side/", switching.side, name="side")]

office_urlpatterns = [
    path("billing-companies/", given.listed, name="office_billing_companies"),
    path("billing-companies/give/", given.give, name="office_billing_company_give"),
    path("billing-companies/<uuid:number>/end/", given.end, name="office_billing_company_end"),
    path("clients/", received.listed, name="office_clients"),
    path("clients/<uuid:number>/give-up/", received.give_up, name="office_client_give_up"),
]
