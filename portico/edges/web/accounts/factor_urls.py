"""Routes of one's own second steps."""

from django.urls import path

from portico.edges.web.accounts import authenticator, factors, own_passkeys, recovery_codes

urlpatterns = [
    path("", factors.second_steps, name="factors"),
    path("passkeys/new/", own_passkeys.new, name="passkey_new"),
    path("passkeys/question/", own_passkeys.question, name="passkey_question"),
    path("passkeys/<int:number>/", own_passkeys.one, name="passkey"),
    path("passkeys/<int:number>/remove/", own_passkeys.remove, name="passkey_remove"),
    path("authenticator/", authenticator.replace, name="authenticator_replace"),
    path("authenticator/remove/", authenticator.remove, name="authenticator_remove"),
    path("recovery-codes/", recovery_codes.codes, name="recovery_codes"),
    path("recovery-codes/file/", recovery_codes.file, name="recovery_codes_file"),
]
