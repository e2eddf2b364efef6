"""Routes of the plan's own staff."""

from django.urls import path

from portico.edges.web.staff import audit, feeds, receipts, work

urlpatterns = [
    path("receipts/", receipts.verify, name="verify_receipt"),
    path("work/", work.work_items, name="work_items"),
    path("work/<slug:reference>/done/", work.close, name="work_item_done"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/<uuid:job>/", feeds.feed, name="feed"),
    path("audit/", audit.audit, name="audit"),
]
