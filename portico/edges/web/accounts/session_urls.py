"""Routes of confirming, of one's own sessions, and of drafts."""

from django.urls import path

from portico.edges.web.accounts import confirmation, drafts, sessions

urlpatterns = [
    path("account/confirm/", confirmation.confirm, name="confirm"),
    path("account/confirm/question/", confirmation.passkey_question, name="confirm_question"),
    path("account/sessions/", sessions.listed, name="sessions"),
    path("account/sessions/end/", sessions.end, name="session_end"),
    path("account/sessions/end-others/", sessions.end_others, name="sessions_end"),
    path("account/sessions/forget/", sessions.forget_device, name="device_forget"),
    path("account/session/", sessions.left, name="session_left"),
    path("account/session/keep/", sessions.keep, name="session_keep"),
    path("account/drafts/<str:key>/", drafts.save, name="draft_save"),
    path("account/drafts/<str:key>/discard/", drafts.discard, name="draft_discard"),
]
