"""What is needed to let anything happen in the invented town."""

import datetime as dt
import random
from dataclasses import dataclass

from hemvag.agencies.models import District, Municipality
from hemvag.config.demo.invented import Inventor
from hemvag.config.demo.staff import Cast


@dataclass
class Stage:
    """What every case needs: the town, its workers, chance, and the moment that is now."""

    municipality: Municipality
    districts: list[District]
    cast: Cast
    inventor: Inventor
    now: dt.datetime

    @property
    def chance(self) -> random.Random:
        """The one source of chance."""
        return self.inventor.chance
