"""The route of Today."""

from django.urls import path

from portico.edges.web.today import views

urlpatterns = [path("", views.listed, name="today")]
