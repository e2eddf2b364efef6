"""Routes of one's own profile, of the terms of use, and of mailed links about one's address."""

from django.urls import path

from portico.edges.web.accounts import account, mail_address, own_data, profile, terms

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/details/", profile.details, name="account_details"),
    path("account/mails/", profile.mails, name="account_mails"),
    path("account/mail-address/", mail_address.change, name="mail_address"),
    path("account/mail-address/confirm/", mail_address.confirm, name="address_confirm"),
    path("account/mail-address/undo/", mail_address.undo, name="address_undo"),
    path("account/mail-address/withdraw/", mail_address.withdraw, name="address_withdraw"),
    path("account/data/", own_data.export, name="own_data"),
    path("terms/", terms.current, name="terms"),
    path("terms/accept/", terms.accept, name="terms_accept"),
    path("terms/<str:version>/", terms.version, name="terms_version"),
]
