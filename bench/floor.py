"""The floor: what a bare Django app does on the same PostgreSQL with kept connections, without all that Hemväg adds.

No session, no middleware, no template, no sealing, no log. Addresses: POST /receive/ validates six fields and inserts
two rows; GET /newest/ returns the newest 100 rows as JSON; GET /one/ID/ one row; POST /update/ID/ updates one row and
keeps its history. FLOOR_DATABASE holds the entry for DATABASES as JSON.
"""

import json
import os
from typing import Any

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        DATABASES={"default": json.loads(os.environ["FLOOR_DATABASE"])},
        ROOT_URLCONF="bench.floor",
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="the floor keeps no secret",  # noqa: S106
        MIDDLEWARE=[],
        INSTALLED_APPS=[],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()

from django import forms
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone


class Row(models.Model):
    """A case as plainly as it can be stored."""

    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=30)
    email = models.EmailField()
    district = models.CharField(max_length=50)
    text = models.TextField()
    received = models.DateField()
    state = models.CharField(max_length=20, default="new")

    class Meta:
        app_label = "floor"
        db_table = "floor_row"


class History(models.Model):
    """One change of a row."""

    row = models.ForeignKey(Row, on_delete=models.CASCADE)
    state = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        app_label = "floor"
        db_table = "floor_history"


class Received(forms.Form):
    """Six fields, validated."""

    name = forms.CharField(max_length=100)
    phone = forms.CharField(max_length=30)
    email = forms.EmailField()
    district = forms.CharField(max_length=50)
    text = forms.CharField(max_length=20_000)
    received = forms.DateField()


def receive(request: HttpRequest) -> JsonResponse:
    """Validate six fields, insert two rows."""
    form = Received(request.POST)
    if not form.is_valid():
        return JsonResponse(form.errors, status=400)
    with transaction.atomic():
        row = Row.objects.create(**form.cleaned_data)
        History.objects.create(row=row, state="new", at=timezone.now())  # noqa: TID251
    return JsonResponse({"id": row.pk}, status=201)


def newest(_request: HttpRequest) -> JsonResponse:
    """Return the newest 100 rows."""
    return JsonResponse({"rows": list(Row.objects.order_by("-id").values()[:100])})


def one(_request: HttpRequest, row: int) -> JsonResponse:
    """Return one row."""
    return JsonResponse(Row.objects.filter(id=row).values().get())


def update(_request: HttpRequest, row: int) -> JsonResponse:
    """Update one row and keep its history."""
    with transaction.atomic():
        Row.objects.filter(id=row).update(state="done")
        History.objects.create(row_id=row, state="done", at=timezone.now())  # noqa: TID251
    return JsonResponse({"id": row})


urlpatterns: list[Any] = [
    path("receive/", receive),
    path("newest/", newest),
    path("one/<int:row>/", one),
    path("update/<int:row>/", update),
]
application = get_wsgi_application()
