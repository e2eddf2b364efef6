"""Where the floors are."""

from benchmarks.floor import page, row

urlpatterns = [*row.urlpatterns, *page.urlpatterns]
