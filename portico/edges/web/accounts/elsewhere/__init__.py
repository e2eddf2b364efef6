"""Signing in elsewhere: OpenID Connect and SAML as the portal speaks them (decision record 0032).

POST /sign-in/with/<slug>/         begins: a page that leads on to the provider
GET or POST …/back/                where the provider sends the browser: shows what it brought, does nothing
POST …/finish/                     same-site, with the session: verifies, and begins the session
"""
