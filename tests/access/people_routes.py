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

# Whoever has the address: a signed one, and faces.
+ +++ +++ ++
    get mail/stop/{token}/
    post mail/stop/{token}/
    get media/{name}

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
"""
