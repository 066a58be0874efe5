"""Who knocks at which door of people, settings and notifications, and what is answered.

One sign (tables.py) for each of WHO (people.py), from the left: anonymous; stranger, ex, blocked;
kid (14), teen (16), moderator; friend, owner. The owner's account is private;
the friend follows it, what is one's own is the owner's.

A new route without a row fails test_people.py.
"""

ROUTES = """
# A profile: not for those whom its owner blocks (R15).
+ ++. +++ ++
    get @{username}/

# Lists of a private account: for its followers.
? ... ... ++
    get @{username}/followers/
    get @{username}/following/
    get api/v1/users/{username}/followers/
    get api/v1/users/{username}/following/

# Following: whoever is blocked hears that nobody can be reached (R15).
? ++- +++ ++
    post @{username}/follow/
    post api/v1/users/{username}/follow/

# A bell: for followers.
? ... ... +.
    post @{username}/bell/
    post api/v1/users/{username}/bell/
    delete api/v1/users/{username}/bell/

# Whoever is signed in: their own lists and settings, and what they say about others (R40).
? +++ +++ ++
    post @{username}/block/
    post @{username}/remove/
    get report/{kind}/{object}/
    post report/{kind}/{object}/
    get settings/reports/
    get activity/
    post activity/read/
    get activity/standing/
    get settings/
    get settings/profile/
    post settings/profile/
    get settings/preferences/
    post settings/preferences/
    get settings/notifications/
    post settings/notifications/
    post settings/avatar/
    post settings/sessions/end/
    get settings/devices/
    get settings/follow-requests/
    get api/v1/users/
    delete api/v1/users/{username}/follow/
    post api/v1/users/{username}/block/
    delete api/v1/users/{username}/block/
    get api/v1/me/
    patch api/v1/me/
    put api/v1/me/avatar/
    delete api/v1/me/avatar/
    get api/v1/me/notifications/
    patch api/v1/me/notifications/
    get api/v1/me/blocks/
    get api/v1/me/devices/
    post api/v1/me/devices/
    delete api/v1/me/followers/{username}/
    get api/v1/me/follow-requests/
    get api/v1/notifications/
    get api/v1/notifications/changes/
    post api/v1/notifications/seen/
    post api/v1/notifications/read/
    get api/v1/reports/
    post api/v1/reports/
    get api/v1/uploads/
    post api/v1/socket-tickets/
    get settings/decisions/
    get settings/privacy/
    post settings/privacy/
    get settings/privacy/as/
    get settings/privacy/as/{who}/
    get settings/security/
    get settings/age/
    post settings/age/
    get settings/data/
    post settings/data/copy/
    get settings/data/delete/
    post settings/data/delete/
    get settings/family/
    get settings/family/code/
    post settings/family/code/
    get settings/family/join/
    post settings/family/join/
    get settings/screen-time/
    post settings/screen-time/
    post settings/screen-time/passcode/
    get api/v1/me/decisions/
    get api/v1/me/as/{who}/
    get api/v1/me/sessions/
    delete api/v1/me/sessions/
    get api/v1/me/security-events/
    get api/v1/me/family/
    post api/v1/me/family/
    post api/v1/me/family/codes/
    post api/v1/me/family/time/{request}/
    get api/v1/me/age-correction/
    post api/v1/me/age-correction/
    get api/v1/me/screen-time/
    post api/v1/me/screen-time/
    patch api/v1/me/screen-time/
    put api/v1/me/screen-time/passcode/
    post api/v1/me/screen-time/unlock/

# Whose it is: for everybody else there is no such thing.
? ... ... .+
    post activity/{notification}/
    get activity/{notification}/place/
    post settings/devices/{device}/remove/
    post settings/follow-requests/{username}/
    delete api/v1/me/devices/{device}/
    post api/v1/me/follow-requests/{username}/accept/
    post api/v1/me/follow-requests/{username}/decline/
    get api/v1/uploads/{upload}/
    post api/v1/uploads/{upload}/parts/
    post api/v1/uploads/{upload}/joined/
    get settings/decisions/{decision}/
    post settings/decisions/{decision}/
    post settings/sessions/{sign_in}/end/
    get settings/reports/{report}/
    post settings/reports/{report}/
    get api/v1/reports/{report}/
    post api/v1/reports/{report}/appeal/
    get api/v1/me/decisions/{decision}/
    post api/v1/me/decisions/{decision}/appeal/
    get api/v1/me/export/
    delete api/v1/me/sessions/{sign_in}/
    post settings/family/time/{request}/

# Whoever has the address: a signed one, and faces.
+ +++ +++ ++
    get mail/stop/{token}/
    post mail/stop/{token}/
    get media/avatars/{name}
    get media/links/{name}
    get house-rules/
    get api/v1/capabilities/
    get settings/data/left/
    get transparency/
    get transparency/{period}.csv
    get transparency/{period}/
    get api/v1/transparency/
    get api/v1/transparency/{period}/

# For apps a profile is for whoever is signed in, and not for those blocked (R15).
? ++. +++ ++
    get api/v1/users/{username}/

# The upload's own headers are read first: nobody learns from it what there is.
? +++ +++ ++
    post api/v1/uploads/
    put api/v1/uploads/
    patch api/v1/uploads/
    delete api/v1/uploads/
    post api/v1/uploads/{upload}/
    put api/v1/uploads/{upload}/
    patch api/v1/uploads/{upload}/
    delete api/v1/uploads/{upload}/

# An address that was made for somebody else, or for something else.
. ... ... ..
    get standing/copy/{export}/
    post standing/{act}/
    get not-me/{token}/
    post not-me/{token}/

# Whoever has no code to give, asks what is not on, or did not prove just now that it is them.
? --- --- --
    post settings/screen-time/unlock/
    post api/v1/me/deletion/
    delete api/v1/me/deletion/
    post api/v1/me/export/

# A family's link: for the two whom it links (R30).
? ... .+. .+
    get settings/family/{link}/
    post settings/family/{link}/end/
    post settings/family/{link}/passcode/
    get api/v1/me/family/{link}/
    delete api/v1/me/family/{link}/
    put api/v1/me/family/{link}/passcode/
    get api/v1/me/family/{link}/seen/

# Consent: the teenager's (R30).
? ... .+. .-
    post settings/family/{link}/consent/
    post api/v1/me/family/{link}/consent/

# Nobody here: it is not there, or asks for something that is not.
? ... ... ..
    get settings/data/copy/{export}/
    get api/v1/me/export/{export}/

# How one stands, for whoever may not come in and proved who they are: nobody here.
? ??? ??? ??
    get standing/
    post standing/

# Asking for more of a day: whoever has a guardian (R9).
? --- -+- --
    post settings/screen-time/ask/
    post api/v1/me/screen-time/requests/

# Tightening: the guardian's (R30).
? ... .-. .+
    post settings/family/{link}/tighten/
    patch api/v1/me/family/{link}/
"""
