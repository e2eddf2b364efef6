"""The addresses of the X12 edge."""

from django.urls import path

from portico.edges.x12 import views

urlpatterns = [path("core/2.2.0/", views.core_connectivity, name="core_connectivity")]
