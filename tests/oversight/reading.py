"""Read a page of this room, and send one of its forms."""

import uuid

from django.test import Client
from django.urls import reverse


def text(client: Client, url: str, **question: str) -> str:
    response = client.get(url, question, secure=True)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def sent(client: Client, name: str, key: uuid.UUID | None = None, **fields: str) -> tuple[int, str]:
    address = reverse(f"oversight:{name}", args=[key] if key else [])
    response = client.post(address, {"once": str(uuid.uuid4())} | fields, secure=True)
    return response.status_code, response.content.decode() if not response.streaming else ""
