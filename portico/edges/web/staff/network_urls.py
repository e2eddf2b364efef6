"""Routes of offices that would like to take part in the network."""

from django.urls import path

from portico.edges.web.staff import network

urlpatterns = [
    path("", network.queue, name="network_requests"),
    path("<int:number>/", network.one, name="network_request"),
    path("<int:number>/assign/", network.assign, name="network_request_assign"),
    path("<int:number>/note/", network.note, name="network_request_note"),
    path("<int:number>/invite/", network.invite, name="network_request_invite"),
    path("<int:number>/decline/", network.decline, name="network_request_decline"),
]
