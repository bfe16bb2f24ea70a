"""The addresses of this room."""

from django.urls import path

from hemvag.people import views

app_name = "people"
urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("glass/", views.glass_page, name="glass"),
]
