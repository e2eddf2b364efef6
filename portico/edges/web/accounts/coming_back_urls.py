"""Routes for coming back in, and of one's own password and recovery question."""

from django.urls import path

from portico.edges.web.accounts import coming_back, own_credentials

urlpatterns = [
    path("forgot-password/", coming_back.forgot_password, name="forgot_password"),
    path("forgot-username/", coming_back.forgot_username, name="forgot_username"),
    path("reset/", coming_back.reset, name="reset"),
    path("account/password/", own_credentials.password, name="own_password"),
    path("account/question/", own_credentials.question, name="own_question"),
]
