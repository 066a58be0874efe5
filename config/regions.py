"""Which feature each address of the site belongs to (R45): the first line whose pattern a route
begins with. tests/config/test_regions.py reads every route and finds it here."""

from accounts.policy.regions import (
    APP,
    CHANNELS,
    COMMENTS,
    GROUPS,
    MESSAGES,
    SHOP,
    SIGN_UP,
    UPLOAD,
    VIDEOS,
)
from accounts.regions.features import ALWAYS

ONE = r"<\w+:\w+>"

ROUTES: list[tuple[str, str | None]] = [
    # The house itself
    (r"(healthz|readyz|manifest\.webmanifest|sw\.js|offline/|favicon\.ico|jsi18n/)", ALWAYS),
    (r"(admin/|api/v1/(schema|docs|capabilities)/|api/(asyncapi|problems)/)", ALWAYS),
    # Providers tell from wherever they are.
    (r"pay/hooks/", ALWAYS),
    # Coming in, and going
    (r"(accounts/signup/|_allauth/app/v1/auth/signup)", SIGN_UP),
    (r"(accounts/|_allauth/|standing/)", ALWAYS),
    # One's own data, what was decided about oneself, where one is signed in
    (r"(settings/(data|decisions|sessions|devices|security|age)/|mail/|not-me/)", ALWAYS),
    (r"api/v1/me/(export|deletion|decisions|sessions|devices|age-correction)/", ALWAYS),
    (r"(transparency|api/v1/transparency|house-rules/|about/)", ALWAYS),
    # Posting
    (r"(upload/|drafts/|api/v1/((drafts|clips|uploads)/|videos/$))", UPLOAD),
    (rf"(api/v1/)?videos/{ONE}/(duet|stitch|film|retry|versions)/", UPLOAD),
    (rf"(api/v1/)?sounds/{ONE}/(use|lend)/", UPLOAD),
    (rf"(api/v1/)?comments/{ONE}/(video|video-reply)/", UPLOAD),
    # Comments
    (r"(settings/comments/|api/v1/me/comment-filter/|(api/v1/)?comments/)", COMMENTS),
    (rf"(api/v1/)?videos/{ONE}/comments/", COMMENTS),
    # Conversations
    (r"(channels/|chat/new/channel/|api/v1/channels/)", CHANNELS),
    (rf"api/v1/people/{ONE}/channels/", CHANNELS),
    (r"(fan-groups/|join/|chat/new/fan-group/|api/v1/(fan-groups|invites)/)", GROUPS),
    (rf"api/v1/people/{ONE}/fan-groups/", GROUPS),
    (r"(inbox/|chat/|share/|api/v1/(conversations|folders|media|reminders)/)", MESSAGES),
    (r"api/v1/(scheduled|search/messages|shares|stickers)/", MESSAGES),
    # What videos show of the shop
    (rf"api/v1/videos/{ONE}/products/", SHOP),
    # Watching, and all that goes with it
    (r"$", VIDEOS),  # the first page is the feed
    (r"(discover|tags|videos|sounds|saved|collections|history|insights|credits)/", VIDEOS),
    (r"(settings/(feed|videos)/|media/(videos|sounds)/)", VIDEOS),
    (r"api/v1/(feed|watch|search|discover|videos|collections|sounds|insights)/", VIDEOS),
    (r"api/v1/me/(saved|liked|history|video-settings|credits)/", VIDEOS),
    (rf"api/v1/users/{ONE}/(videos|reposts|collections)/", VIDEOS),
    # The shop
    (r"(api/v1/)?(shop|cart|checkout|orders|pay|payments|products|sell|shops|group-buys)/", SHOP),
    (r"api/v1/me/(earnings[./]|payouts/|payout-account/|programmes/|showcase/)", SHOP),
    (
        r"(api/v1/me/(addresses|wishlist)|settings/addresses|\^media/(products|reviews|shops))/",
        SHOP,
    ),
    # The rest: people, and what one is told
    (r"(@|report/|activity/|settings/|family/|\^media/)", APP),
    (r"api/v1/(users|me|notifications|reports|socket-tickets|family)/", APP),
]
