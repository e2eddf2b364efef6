"""Routes of the demo's own pages."""

from django.urls import path

from portico.edges.web import styleguide
from portico.edges.web.mailbox import views

urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
    path("style/", styleguide.styleguide, name="styleguide"),
    path("sign-ins/", views.sign_ins, name="demo_sign_ins"),
]
