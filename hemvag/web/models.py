"""The one table of this room: what has been sent once already."""

from django.db import models


class Once(models.Model):
    """A form that was acted on: its token, who sent it, and where the answer led."""

    token = models.UUIDField(primary_key=True)
    worker = models.UUIDField()
    at = models.DateTimeField(db_index=True)
    location = models.CharField(max_length=500)

    def __str__(self) -> str:
        return str(self.token)
