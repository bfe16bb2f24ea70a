"""Settings of real sign-in in a real browser: as in life, save that localhost speaks plain HTTP to a security key."""

from hemvag.config.settings import *  # noqa: F403

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
