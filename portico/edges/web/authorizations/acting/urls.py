"""Routes of what is done with a request that was sent, below /authorizations/; nobody stands in them."""

from django.urls import path

from portico.edges.web.authorizations.acting import views

urlpatterns = [
    path("<uuid:authorization>/answer/", views.answer, name="authorization_answer"),
    path("<uuid:authorization>/again/<slug:again>/", views.again, name="authorization_again"),
    path("<uuid:authorization>/documents/", views.add_document, name="authorization_add_document"),
    path("<uuid:authorization>/cancel/", views.cancel, name="authorization_cancel"),
    path("<uuid:authorization>/discharge/", views.discharge, name="authorization_discharge"),
    path("<uuid:authorization>/more/", views.more, name="authorization_more"),
    path("<uuid:authorization>/change/", views.change, name="authorization_change"),
]
