"""The pages of counts."""

from django.urls import path

from hemvag.counts.views import carrying, counting

app_name = "counts"
urlpatterns = [
    path("counts/", counting.counts, name="counts"),
    path("counts/counts.csv", counting.counts_file, name="counts_file"),
    path("counts/load/", carrying.carrying, name="load"),
    path("counts/load/load.csv", carrying.carrying_file, name="load_file"),
]
