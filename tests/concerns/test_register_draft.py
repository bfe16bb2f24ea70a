"""What is typed of a report that is not registered yet is kept on the worker's own desk, and nowhere else."""

import json
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from hemvag.dossiers import desk
from hemvag.dossiers.models import Dossier, Sealed
from hemvag.lib import clock
from hemvag.staff.models import Worker
from tests.conftest import Town

TYPED = {
    "text": "Två syskon i ett läger.",
    "children-0-given": "Amina",
    "children-TOTAL_FORMS": "1",
    "children-INITIAL_FORMS": "0",
    "strange": "no",
}


def keep(client: Client, version: int = 0) -> int:
    body = json.dumps({"version": version, "tab": "tab-of-a-test", "fields": TYPED})
    return client.post(reverse("concerns:register_draft"), body, content_type="application/json").status_code


def test_a_draft_comes_back_on_the_page_after_a_crash(town: Town, client_for: Callable[[Worker], Client]) -> None:
    client = client_for(town.workers["registrar"])
    client.get(reverse("concerns:register"))
    assert keep(client) == 200
    page = client_for(town.workers["registrar"]).get(reverse("concerns:register")).content.decode()
    assert TYPED["text"] in page
    assert 'value="Amina"' in page


def test_a_second_tab_does_not_overwrite_it(town: Town, client_for: Callable[[Worker], Client]) -> None:
    client = client_for(town.workers["registrar"])
    client.get(reverse("concerns:register"))
    assert [keep(client), keep(client)] == [200, 409]


def test_nobody_else_sees_the_desk_and_nothing_on_it_is_readable(
    town: Town, client_for: Callable[[Worker], Client]
) -> None:
    keep(client_for(town.workers["registrar"]))
    held = desk.opened_for(town.workers["registrar"], at=clock.now())
    for part, worker in town.workers.items():
        seen = Dossier.objects.visible_to(worker, clock.now()).filter(id=held.dossier.id).exists()
        assert seen == (part == "registrar")
    stored = b"".join(bytes(row) for row in Sealed.objects.values_list("content", flat=True))
    assert TYPED["text"].encode() not in stored
