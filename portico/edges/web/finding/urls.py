"""Routes of the search for a provider; of a patient nothing stands in them."""

from django.urls import path

from portico.edges.web.finding import answers, profiles, search

urlpatterns = [
    path("", search.search, name="providers"),
    path("file/", search.file, name="providers_file"),
    path("places/<int:place>/", profiles.place, name="provider_place"),
    path("answers/<slug:reference>/", answers.show, name="network_answer"),
    path("answers/<slug:reference>/answer.pdf", answers.as_pdf, name="network_answer_pdf"),
    path("<slug:npi>/", profiles.provider, name="provider"),
    path("<slug:npi>/network/", answers.ask, name="provider_network"),
]
