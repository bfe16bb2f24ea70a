"""Every setting of Hemväg, read from the environment; each is described in docs/operate/settings.md."""

from pathlib import Path
from typing import Any

import structlog
from django.utils.translation import gettext_lazy as _

from hemvag.config import addresses, env, identity
from hemvag.web import csp

BASE_DIR = Path(__file__).resolve().parent.parent.parent

HEMVAG_KIND = "real"
HEMVAG_MUNICIPALITY = env.text("HEMVAG_MUNICIPALITY")
HEMVAG_ROLES = env.text("HEMVAG_ROLES")
HEMVAG_LINE_CONTENT = env.text("HEMVAG_LINE_CONTENT")
HEMVAG_RECEPTION = env.text("HEMVAG_RECEPTION")
HEMVAG_READINESS_CONTENT = env.text("HEMVAG_READINESS_CONTENT")
HEMVAG_PRINTED_LIST = env.text("HEMVAG_PRINTED_LIST")
HEMVAG_EXERCISE_SCENARIO = env.text("HEMVAG_EXERCISE_SCENARIO")
HEMVAG_GLASS_MINUTES = env.whole_number("HEMVAG_GLASS_MINUTES", least=1)
HEMVAG_IDLE_MINUTES = env.whole_number("HEMVAG_IDLE_MINUTES", least=5)
HEMVAG_DATA = str(addresses.home())
HEMVAG_KEY = env.secret("HEMVAG_KEY")
HEMVAG_KEY_FILE = env.text("HEMVAG_KEY_FILE")

DEBUG = False
SECRET_KEY = env.secret("HEMVAG_SECRET_KEY")
ALLOWED_HOSTS = env.words("HEMVAG_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "hemvag.staff",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "hemvag.doors.staff",
    "hemvag.web",
    "hemvag.agencies",
    "hemvag.access",
    "hemvag.audit",
    "hemvag.dossiers",
    "hemvag.people",
    "hemvag.counsel",
    "hemvag.concerns",
    "hemvag.support",
    "hemvag.line",
    "hemvag.exchange",
    "hemvag.counts",
    "hemvag.oversight",
    "hemvag.picture",
    "hemvag.reception",
    "hemvag.readiness",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hemvag.access.middleware.WorkersLanguage",
    "hemvag.staff.sessions.Limits",
    "hemvag.staff.sign_in.SecondFactor",
    "hemvag.access.middleware.DenyByDefault",
]

ROOT_URLCONF = "hemvag.doors.staff.urls"
WSGI_APPLICATION = "hemvag.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "hemvag.doors.staff.frame.frame",
            ]
        },
    }
]
FORM_RENDERER = "hemvag.web.forms.Renderer"

DATABASES: dict[str, dict[str, Any]] = {
    "default": addresses.address(env.choice("HEMVAG_ROLE", ["staff", "job", "owner"])),
    "log": addresses.address("log"),
    "numbers": addresses.address("numbers"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
HORIZON_LOOPBACK = False  # only tests, whose feeds lie on this machine, set it
PROCRASTINATE_IMPORT_PATHS = ["hemvag.config.schedule"]

AUTH_USER_MODEL = "staff.Worker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "hemvag.doors.staff.signing_in.Adapter"
ACCOUNT_FORMS = {
    "login": "hemvag.staff.forms.SignIn",
    "reauthenticate": "hemvag.staff.forms.Again",
    "change_password": "hemvag.staff.forms.ChangePassword",
    "set_password": "hemvag.staff.forms.SetPassword",
    "reset_password_from_key": "hemvag.staff.forms.FirstPassword",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Counted for each account and never for an address: behind one address sits a whole office, or the whole town's proxy.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key", "login": None, "reauthenticate": "10/m/user"}
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_ADAPTER = "hemvag.staff.sign_in.SecondFactors"
MFA_FORMS = {
    "authenticate": "hemvag.doors.staff.signing_in.Code",
    "reauthenticate": "hemvag.doors.staff.signing_in.CodeAgain",
    "activate_totp": "hemvag.staff.forms.ActivateApp",
    "add_webauthn": "hemvag.staff.forms.AddKey",
    "authenticate_webauthn": "hemvag.staff.forms.Key",
    "login_webauthn": "hemvag.staff.forms.KeyAlone",
    "reauthenticate_webauthn": "hemvag.staff.forms.KeyAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hemväg"

HEMVAG_OIDC_ACR = env.words("HEMVAG_OIDC_ACR")
HEMVAG_OIDC_ORG = env.text("HEMVAG_OIDC_ORG")
SOCIALACCOUNT_ADAPTER = "hemvag.staff.municipal.Adapter"
SOCIALACCOUNT_PROVIDERS = identity.providers()
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form would be stopped on its way to another host by the content policy

CACHES = {"default": {"BACKEND": "hemvag.staff.counted.Counts"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "hemvag.web.errors.form_too_old"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = env.flag("HEMVAG_SSL_REDIRECT")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("HEMVAG_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"  # with none at all, browsers send forms as from nowhere and they are refused
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = csp.CONTENT_SECURITY_POLICY
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["hemvag.web.uploads.OnlyInMemory"]  # on disk a file would lie unsealed
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("English"))]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = str(Path(HEMVAG_DATA) / "static")
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"facts": {"()": "hemvag.config.logs.Facts"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "facts"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.db.backends": {"level": "CRITICAL"},
    },
}
structlog.configure(
    processors=[
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.add_log_level,
        structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
    ]
)
