"""The addresses of this room."""

from django.urls import path

from hemvag.oversight.views import glass, log, reviews

app_name = "oversight"
urlpatterns = [
    path("log/", log.log, name="log"),
    path("log/file/", log.take_out, name="take_out"),
    path("log/outcomes/", log.outcomes, name="outcomes"),
    path("log/glass/", glass.glass, name="glass"),
    path("log/seal/", log.seal, name="seal"),
    path("log/reviews/", reviews.reviews, name="reviews"),
    path("log/reviews/<uuid:review_id>/", reviews.one, name="review"),
    path("log/reviews/<uuid:review_id>/ask/", reviews.ask, name="ask"),
    path("log/reviews/<uuid:review_id>/mark/", reviews.mark_dossier, name="mark"),
    path("log/draw/<uuid:unit_id>/", reviews.draw_now, name="draw"),
    path("log/asked/<uuid:review_id>/", reviews.asked, name="asked"),
]
