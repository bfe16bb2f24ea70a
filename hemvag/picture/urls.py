"""The addresses of this room."""

from django.urls import path

from hemvag.picture import views

app_name = "picture"
urlpatterns = [
    path("picture/", views.picture, name="picture"),
    path("picture/<slug:kind>/define/", views.define_population, name="define"),
    path("picture/<slug:kind>/unknown/", views.say_unknown, name="unknown"),
    path("picture/<slug:kind>/own/", views.say_own, name="own"),
]
