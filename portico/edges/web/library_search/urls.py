"""Routes of searching the library."""

from django.urls import path

from portico.edges.web.library_search import pages, synonyms

urlpatterns = [
    path("library/", pages.search, name="library"),
    path("staff/library/synonyms/", synonyms.edit, name="library_synonyms"),
]
