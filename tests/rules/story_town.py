"""The objects of the numbers wing whose addresses the table tries, made by the house's own verbs."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.conftest import Town
from tests.picture import making as counting
from tests.readiness import exercising, reinforcing
from tests.readiness import making as ready
from tests.readiness.services import gap, service, unit_gap

TOWN: Mapping[str, Callable[[Town], dict[str, Any]]] = {
    "kind": lambda _town: {"kind": "returned"},
    "population": lambda town: {"kind": counting.returned(town).kind},
    "table": lambda town: {"table_id": counting.table(town).pk},
    "run": lambda town: {"run_id": counting.run(town).pk},
    "done": lambda town: {"run_id": counting.done(town).pk},
    "exercise": lambda town: {"exercise_id": exercising.held(town).pk},
    "exercise_gap": lambda town: {"gap_id": exercising.gap(town).pk},
    "unit_item": lambda town: {"unit_id": town.children.id, "item": "deputies"},
    "unit_gap": lambda town: {"gap_id": unit_gap(town).id},
    "level": lambda town: {"decision_id": ready.decided(town).pk},
    "check": lambda town: {"check_id": ready.check(town).pk},
    "horizon_item": lambda town: {"item_id": ready.entered(town).pk},
    "feed": lambda town: {"feed_id": ready.feed(town).pk},
    "reinforcement": lambda town: {"reinforcement_id": reinforcing.decided(town).pk},
    "resource": lambda town: {"resource_id": service(town, keeper=town.children).resource_id},
    "towns_resource": lambda town: {"resource_id": service(town).resource_id},
    "resource_version": lambda town: {"resource_id": service(town, keeper=town.children).resource_id, "number": 1},
    "resource_gap": lambda town: {"gap_id": gap(town, service(town, keeper=town.children)).id},
}
"""What stands in the address of each kind of object."""
