"""The sealed record's own addresses; dossiers have their pages in the rooms above."""

from django.urls import path

from hemvag.dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("draft-key/", views.draft_key, name="draft_key"),
    path("glass/<uuid:glass_id>/review/", views.glass_review, name="glass_review"),
]
