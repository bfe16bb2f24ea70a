"""The methods by the names that the command line, the output and the pages use.

A method is a function: see `Method`.
"""

from collections.abc import Mapping

from hemvag.estimate import decomposable, floor, latent_class, loglinear, two_lists
from hemvag.estimate.answers import Method

METHODS: Mapping[str, Method] = {
    "independence": loglinear.independence,
    "stepwise": loglinear.by_steps,
    "bic": loglinear.by_bic,
    "chao": floor.chao,
    "chapman": two_lists.chapman,
    "dga": decomposable.dga,
    "latent-class": latent_class.latent_class,
}
