"""The addresses of this room."""

from django.urls import path

from hemvag.counsel import views

app_name = "counsel"
urlpatterns = [
    path("law/may-i-tell/", views.may_i_tell, name="may_i_tell"),
    path("law/rules/", views.rules_of_a_day, name="rules"),
    path("law/rules/<str:rule_id>/", views.rule, name="rule"),
    path("law/questions/", views.questions, name="questions"),
    path("law/questions/<slug:key>/", views.question, name="question"),
    path("law/questions/<slug:key>/position/", views.take_position, name="take_position"),
]
