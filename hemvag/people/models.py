"""What stands in the open about a person's identity: blind tokens and nothing else."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hemvag.agencies.models import Authority
from hemvag.dossiers.models import Dossier
from hemvag.vault.keyring import FIRST


class TokenSet(models.Model):
    """The keyed tokens by which a dossier's person can be found again within its committee, and nowhere else.

    All are of one `generation` of the secret, and are made anew when it is changed.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, primary_key=True, related_name="token_set")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    tokens = ArrayField(models.BigIntegerField())
    generation = models.PositiveSmallIntegerField(default=FIRST)

    class Meta:
        indexes = [GinIndex(fields=["tokens"], name="token_set_tokens")]

    def __str__(self) -> str:
        return str(self.dossier_id)
