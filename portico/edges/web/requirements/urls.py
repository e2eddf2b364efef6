"""Routes of the question and its receipts; of a patient nothing stands in them."""

from django.urls import path

from portico.edges.web.requirements import asking_pages, public

office = [
    path("", asking_pages.ask, name="requirement"),
    path("answers/", asking_pages.recent, name="requirement_answers"),
    path("answers/<slug:reference>/", asking_pages.show, name="requirement_answer"),
]
for_everybody = [
    path("", public.listed, name="requirement_list"),
    path("<str:version>/rules.csv", public.as_csv, name="requirement_list_csv"),
    path("<str:version>/rules.json", public.as_json, name="requirement_list_json"),
]
