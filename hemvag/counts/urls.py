"""The page of counts."""

from django.urls import path

from hemvag.counts import views

app_name = "counts"
urlpatterns = [path("counts/", views.counts, name="counts")]
