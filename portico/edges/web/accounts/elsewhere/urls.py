"""Routes of signing in elsewhere, below /sign-in/with/."""

from django.urls import path

from portico.edges.web.accounts.elsewhere import views

urlpatterns = [
    path("<slug:slug>/", views.begin, name="sign_in_with"),
    path("<slug:slug>/back/", views.back, name="sign_in_back"),
    path("<slug:slug>/finish/", views.finish, name="sign_in_finish"),
    path("<slug:slug>/metadata/", views.metadata, name="sign_in_metadata"),
]
