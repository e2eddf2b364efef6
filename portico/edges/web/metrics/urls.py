"""Routes of the published figures."""

from django.urls import path

from portico.edges.web.metrics import views

urlpatterns = [
    path("", views.page, name="authorization_metrics"),
    path("<int:year>/", views.page, name="authorization_metrics_of"),
    path("<int:year>/figures.csv", views.as_csv, name="authorization_metrics_csv"),
    path("<int:year>/figures.json", views.as_json, name="authorization_metrics_json"),
]
