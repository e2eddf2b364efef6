"""Routes of sign-in and of one's own account."""

from django.urls import path

from portico.edges.web.accounts import authenticator, personas, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="sign_in_code"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/authenticator/", authenticator.authenticator, name="authenticator"),
    path("account/personas/", personas.list_own, name="personas"),
]
