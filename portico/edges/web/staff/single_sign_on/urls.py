"""Routes of single sign-on at the plan's desk, below /staff/identity-providers/."""

from django.urls import path

from portico.domains.accounts.elsewhere.provider_details import OPENID_CONNECT, SAML
from portico.edges.web.staff.single_sign_on import identities, providers

urlpatterns = [
    path("", providers.listed, name="identity_providers"),
    path("new/openid-connect/", providers.add, {"kind": OPENID_CONNECT}, name="openid_provider_new"),
    path("new/saml/", providers.add, {"kind": SAML}, name="saml_provider_new"),
    path("of/<slug:slug>/", providers.one, name="identity_provider"),
    path("of/<slug:slug>/change/", providers.change, name="identity_provider_change"),
    path("of/<slug:slug>/test/", providers.test, name="identity_provider_test"),
    path("of/<slug:slug>/close/", providers.close, name="identity_provider_close"),
    path("of/<slug:slug>/link/<int:identity>/", identities.link, name="identity_link"),
    path("of/<slug:slug>/unlink/<int:identity>/", identities.unlink, name="identity_unlink"),
]
