"""Who knocks at which door of the site itself, and what is answered.

One sign (tables.py) for each of WHO (site.py), from the left: anonymous; stranger, ex, blocked; kid
(14), teen (16); friend, owner, moderator. `admin/*` is each page of the admin: there is none for
whoever is no staff, and what staff see is for their roles to say (*; tests of the admin).

A new route without a row fails test_site.py.
"""

ROUTES = """
# The admin: those who are no staff are asked to sign in as somebody who is.
? ??? ??? ?*
    get admin/*
    post admin/*

# Its own way in leads there by the site's; who is no staff is told so.
? --- --- -+
    get admin/login/
    post admin/login/

# Its way out.
+ +++ +++ ++
    get admin/logout/
    post admin/logout/
    get _allauth/app/v1/auth/webauthn/login
    post _allauth/app/v1/auth/webauthn/login

# Everybody: the site's own files, and the way in.
+ +++ +++ ++
    get healthz
    post healthz
    get readyz
    post readyz
    get manifest.webmanifest
    get sw.js
    get offline/
    get accounts/login/
    post accounts/login/
    get accounts/inactive/
    get accounts/signup/
    post accounts/signup/
    get accounts/confirm-email/
    get accounts/password/reset/
    post accounts/password/reset/
    get accounts/confirm-email/{key}/
    get accounts/password/reset/key/done/
    get accounts/password/reset/key/{uidb36}-{key}/
    post accounts/password/reset/key/{uidb36}-{key}/
    get accounts/password/reset/done/
    get _allauth/app/v1/config
    post _allauth/app/v1/config
    post _allauth/app/v1/auth/session
    get _allauth/app/v1/auth/code/confirm
    post _allauth/app/v1/auth/code/confirm
    post _allauth/app/v1/auth/password/request
    get _allauth/app/v1/auth/password/reset
    post _allauth/app/v1/auth/password/reset
    post _allauth/app/v1/auth/login
    post _allauth/app/v1/auth/signup
    get _allauth/app/v1/auth/email/verify
    post _allauth/app/v1/auth/email/verify
    post _allauth/app/v1/auth/email/verify/resend
    get _allauth/app/v1/auth/phone/verify
    post _allauth/app/v1/auth/phone/verify
    post _allauth/app/v1/auth/phone/verify/resend
    post _allauth/app/v1/account/email
    post _allauth/app/v1/account/phone
    post _allauth/app/v1/tokens/refresh
    get api/v1/schema/
    get api/asyncapi/
    get api/problems/{code}/
    get api/v1/docs/
    get jsi18n/
    get favicon.ico
    post favicon.ico

# Whoever is signed in.
? +++ +++ ++
    get accounts/logout/

# Whoever proves it is them, now: a sign-in of just before is asked for, or a token of the app.
? ??? ??? ??
    post accounts/logout/
    get accounts/reauthenticate/
    post accounts/reauthenticate/
    get accounts/email/
    post accounts/email/
    get accounts/password/change/
    post accounts/password/change/
    get accounts/password/set/
    post accounts/password/set/
    get accounts/login/code/confirm/
    post accounts/login/code/confirm/
    get accounts/2fa/
    post accounts/2fa/
    get accounts/2fa/authenticate/
    post accounts/2fa/authenticate/
    get accounts/2fa/reauthenticate/
    post accounts/2fa/reauthenticate/
    get accounts/2fa/totp/activate/
    post accounts/2fa/totp/activate/
    get accounts/2fa/totp/deactivate/
    post accounts/2fa/totp/deactivate/
    get accounts/2fa/recovery-codes/
    post accounts/2fa/recovery-codes/
    get accounts/2fa/recovery-codes/generate/
    post accounts/2fa/recovery-codes/generate/
    get accounts/2fa/recovery-codes/download/
    post accounts/2fa/recovery-codes/download/
    get _allauth/app/v1/auth/session
    get _allauth/app/v1/auth/reauthenticate
    post _allauth/app/v1/auth/reauthenticate
    get _allauth/app/v1/account/password/change
    post _allauth/app/v1/account/password/change
    get _allauth/app/v1/account/email
    get _allauth/app/v1/account/phone
    get _allauth/app/v1/auth/2fa/authenticate
    post _allauth/app/v1/auth/2fa/authenticate
    get _allauth/app/v1/auth/2fa/reauthenticate
    post _allauth/app/v1/auth/2fa/reauthenticate
    get _allauth/app/v1/account/authenticators
    post _allauth/app/v1/account/authenticators
    get _allauth/app/v1/account/authenticators/totp
    post _allauth/app/v1/account/authenticators/totp
    get _allauth/app/v1/account/authenticators/recovery-codes
    post _allauth/app/v1/account/authenticators/recovery-codes
    get accounts/2fa/webauthn/
    post accounts/2fa/webauthn/
    get accounts/2fa/webauthn/add/
    post accounts/2fa/webauthn/add/
    get accounts/2fa/webauthn/reauthenticate/
    post accounts/2fa/webauthn/reauthenticate/
    get accounts/2fa/webauthn/login/
    post accounts/2fa/webauthn/login/
    get _allauth/app/v1/auth/webauthn/authenticate
    post _allauth/app/v1/auth/webauthn/authenticate
    get _allauth/app/v1/auth/webauthn/reauthenticate
    post _allauth/app/v1/auth/webauthn/reauthenticate
    get _allauth/app/v1/account/authenticators/webauthn
    post _allauth/app/v1/account/authenticators/webauthn

# An address of a mail, which nobody was sent.
. ... ... ..
    post accounts/confirm-email/{key}/
    get accounts/2fa/webauthn/keys/{key}/remove/
    post accounts/2fa/webauthn/keys/{key}/remove/
    get accounts/2fa/webauthn/keys/{key}/edit/
    post accounts/2fa/webauthn/keys/{key}/edit/
"""
