"""The addresses of real sign-in: only these of django-allauth's exist, so there is no sign-up and no reset by mail."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from hemvag.staff import municipal

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("municipal/", municipal.login, name="municipality_login"),
    path("municipal/back/", municipal.callback, name="municipality_callback"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("second/", mfa.index, name="mfa_index"),
    path("second/code/", mfa.authenticate, name="mfa_authenticate"),
    path("second/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second/keys/", mfa.index, name="mfa_list_webauthn"),
    path("second/keys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("second/keys/again/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("second/keys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("second/keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
