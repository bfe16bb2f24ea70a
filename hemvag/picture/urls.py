"""The addresses of this room."""

from django.urls import path

from hemvag.picture.views import lists, runs, saying

app_name = "picture"
urlpatterns = [
    path("picture/", saying.picture, name="picture"),
    path("picture/tables/<uuid:table_id>/", lists.describe, name="table"),
    path("picture/tables/<uuid:table_id>/merge/", lists.merge, name="merge"),
    path("picture/runs/<uuid:run_id>/", runs.run, name="run"),
    path("picture/runs/<uuid:run_id>/pdf/", runs.pdf, name="pdf"),
    path("picture/<slug:kind>/lists/", lists.paste, name="lists"),
    path("picture/<slug:kind>/define/", saying.define_population, name="define"),
    path("picture/<slug:kind>/unknown/", saying.say_unknown, name="unknown"),
    path("picture/<slug:kind>/own/", saying.say_own, name="own"),
]
