"""A real OpenID provider in a process of its own: `python -m tests.staff.openid PORT`.

It is the package oidc-provider-mock (discovery, keys, codes, signed tokens, userinfo), and in front of it what that
package does not hold its clients to: PKCE (RFC 7636), and a code of Hemväg's own secret.
"""

import base64
import hashlib
import io
import sys
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
SECRET = "a secret of the client's"


class HeldToPkce:
    """Refuse a code whose verifier does not fit its challenge, and a client that does not know its secret."""

    def __init__(self, inner: Wsgi) -> None:
        self.inner = inner
        self.challenges: dict[str, str] = {}

    def __call__(self, environ: dict[str, Any], answer: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/oauth2/token" and not self._fits(environ):
            answer("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant"}']
        asked = parse_qs(environ["QUERY_STRING"])

        def noted(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            target = dict(headers).get("Location", "")
            for code in parse_qs(urlsplit(target).query).get("code", []):
                if asked.get("code_challenge_method") == ["S256"]:
                    self.challenges[code] = asked["code_challenge"][0]
            return answer(status, headers, *rest)

        return self.inner(environ, noted)

    def _fits(self, environ: dict[str, Any]) -> bool:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        sent = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        hashed = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        return self.challenges.get(sent.get("code", "")) == challenge and sent.get("client_secret") == SECRET


def main(port: int) -> None:
    """Serve until the process is ended."""
    import oidc_provider_mock
    import werkzeug.serving

    app = oidc_provider_mock.app(require_nonce=True)
    werkzeug.serving.run_simple("127.0.0.1", port, HeldToPkce(app.wsgi_app), threaded=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
