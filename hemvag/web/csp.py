"""What a page may load and where it may send: this origin and nothing else, no script or style in the page itself."""

from typing import Final

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY: Final = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
