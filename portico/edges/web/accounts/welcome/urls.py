"""Routes of the first sign-in."""

from django.urls import path

from portico.edges.web.accounts.welcome import factor, link, pages, steps

urlpatterns = [
    path("activate/", link.activate, name="activate"),
    path("welcome/", steps.index, name="welcome"),
    path("welcome/terms/", pages.terms, name="welcome_terms"),
    path("welcome/password/", pages.password, name="welcome_password"),
    path("welcome/second-step/", factor.choose, name="welcome_factor"),
    path("welcome/second-step/passkey/", factor.passkey, name="welcome_passkey"),
    path("welcome/second-step/passkey/question/", factor.passkey_question, name="welcome_passkey_question"),
    path("welcome/recovery-codes/", factor.codes, name="welcome_codes"),
    path("welcome/question/", pages.question, name="welcome_question"),
    path("welcome/finish/", pages.finish, name="welcome_finish"),
]
