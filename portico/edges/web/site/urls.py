"""Routes of the pages around the areas."""

from django.urls import path

from portico.edges.web import appearance
from portico.edges.web.site import contact, entering, identity_help, notices, part, service_status, views, why

urlpatterns = [
    path("", views.home, name="home"),
    path("why/<slug:function>/", why.why, name="why"),
    path("notices/", notices.of_office, name="notices"),
    path("support/", views.support, name="support"),
    path("support/identity/", identity_help.identity, name="support_identity"),
    path("entrances/", entering.listed, name="entrances"),
    path("enter/<slug:slug>/", entering.enter, name="enter"),
    path("enter/<slug:slug>/card/", entering.card, name="entry_card"),
    path("look-alikes/", entering.look_alikes, name="look_alikes"),
    path("status/", service_status.status, name="service_status"),
    path("contact/", contact.contact, name="contact"),
    path("contact/call-back/", contact.call_back, name="contact_call_back"),
    path("contact/question/", contact.question, name="contact_question"),
    path("part/", part.choose, name="part"),
    path("appearance/", appearance.choose_appearance, name="appearance"),
    path("health/", views.health, name="health"),
]
