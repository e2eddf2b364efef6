"""Routes of sign-in and of one's own account."""

from django.urls import include, path

from portico.edges.web.accounts import authenticator, personas, second_step, sign_in

urlpatterns = [
    path("", include("portico.edges.web.accounts.coming_back_urls")),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/passkey/", sign_in.passkey, name="sign_in_passkey"),
    path("sign-in/passkey/question/", sign_in.passkey_question, name="sign_in_passkey_question"),
    path("sign-in/code/", second_step.code, name="sign_in_code"),
    path("sign-in/code/passkey/", second_step.passkey, name="sign_in_second_passkey"),
    path("sign-in/code/passkey/question/", second_step.passkey_question, name="sign_in_second_question"),
    path("sign-in/code/recovery/", second_step.recovery_code, name="sign_in_recovery"),
    path("sign-in/with/", include("portico.edges.web.accounts.elsewhere.urls")),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/authenticator/", authenticator.authenticator, name="authenticator"),
    path("account/factors/", include("portico.edges.web.accounts.factor_urls")),
    path("account/personas/", personas.list_own, name="personas"),
    path("account/identity/", include("portico.edges.web.accounts.identity.urls")),
    path("", include("portico.edges.web.accounts.session_urls")),
    path("", include("portico.edges.web.accounts.profile_urls")),
    path("", include("portico.edges.web.accounts.welcome.urls")),
]
