"""Routes of verifying one's identity, below /account/identity/."""

from django.urls import path

from portico.edges.web.accounts.identity import tasks, ways

urlpatterns = [
    path("", tasks.tasks, name="identity"),
    path("<slug:prover>/", ways.way, name="identity_way"),
    path("<slug:prover>/code/", ways.code, name="identity_code"),
    path("<slug:prover>/payment/", ways.payment, name="identity_payment"),
    path("<slug:prover>/hand-in/", ways.hand_in, name="identity_hand_in"),
    path("<slug:prover>/files/<slug:number>/remove/", ways.remove, name="identity_file_remove"),
]
