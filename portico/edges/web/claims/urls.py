"""Routes of claims; neither a person nor a number of a claim stands in them, only opaque ids do."""

from django.urls import path

from portico.edges.web.claims import page, results, search

urlpatterns = [
    path("claims/", search.search, name="claims"),
    path("claims/found/<uuid:inquiry>/", results.results, name="claims_found"),
    path("claims/<uuid:claim>/", page.page, name="claim"),
]
