"""Routes of offices outside the network."""

from django.urls import path

from portico.edges.web.network import pages

urlpatterns = [
    path("", pages.about, name="join_network"),
    path("ask/", pages.ask, name="join_network_ask"),
    path("status/", pages.status, name="join_network_status"),
    path("withdraw/", pages.withdraw, name="join_network_withdraw"),
]
