"""Routes of authorizations; neither a person nor a number of a request stands in them, only opaque ids do."""

from django.urls import include, path

from portico.edges.web.authorizations import acts, desk, letters, page, results, search

urlpatterns = [
    path("", search.search, name="authorizations"),
    path("new/", include("portico.edges.web.authorizations.requesting.urls")),
    path("", include("portico.edges.web.authorizations.acting.urls")),
    path("found/<uuid:inquiry>/", results.results, name="authorizations_found"),
    path("desk/", desk.desk, name="authorizations_desk"),
    path("<uuid:authorization>/", page.page, name="authorization"),
    path("<uuid:authorization>/note/", acts.note, name="authorization_note"),
    path("<uuid:authorization>/assign/", acts.assign, name="authorization_assign"),
    path("<uuid:authorization>/letters/<uuid:letter>/", letters.letter, name="authorization_letter"),
    path("<uuid:authorization>/documents/<uuid:document>/", acts.document, name="authorization_document"),
]
