"""Every setting of Medley, driven by the environment; docs/operations.md lists the variables."""

import sys
from decimal import Decimal
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import embedded, networks, queues, redis_urls
from config.logs import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Where and how this process runs ------------------------------------------------------------
EMBEDDED = env.bool("MEDLEY_EMBEDDED", default=False)
DEBUG = env.bool("DEBUG", default=False)
MEDLEY_DATA = Path(env.str("MEDLEY_DATA", default=str(BASE_DIR / "var"))).resolve()
PORT = env.int("PORT", default=8000)


def required(name: str, hint: str) -> str:
    """The variable's value; a sentence instead of a traceback when it is missing or empty."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


if EMBEDDED:
    SECRET_KEY = env.str("SECRET_KEY", default="") or embedded.secret_key(MEDLEY_DATA)
else:
    SECRET_KEY = required(
        "SECRET_KEY", "Give at least 50 random characters, or start with `make run`."
    )

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS if EMBEDDED else [])
# Exact origins (scheme, host, port) that may open the socket and post forms.
SITE_ORIGINS = env.list(
    "SITE_ORIGINS",
    default=[f"http://{host}:{PORT}" for host in LOCAL_HOSTS]
    if EMBEDDED
    else [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith((".", "*"))],
)
CSRF_TRUSTED_ORIGINS = SITE_ORIGINS

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "config.apps.MedleyAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.MedleyStaticFilesConfig",
    "channels",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "rest_framework",
    "drf_standardized_errors",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "accounts",
    "videos",
    "chat",
    "commerce",
    "config.apps.ConfigConfig",
]

MIDDLEWARE = [
    "config.logs.requests.RequestIds",
    "config.health.probes",
    "config.metrics.http.middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.readable_addresses",
    "config.middleware.admin_content_security_policy",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.age_screen.middleware",
    "accounts.sign_ins.seen",
    "accounts.middleware.preferences",
    "accounts.regions.middleware.middleware",
    "accounts.families.gate.middleware",
    "accounts.middleware.refusals",
    "config.rates.middleware",
    "config.idempotency.middleware",
    "config.conditional.middleware",
    "config.sparse.SparseFields",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"i18n": "config.folding", "static": "config.folding"},
            "builtins": ["config.folding"],
        },
    },
    # What repeats on a page, in files that end in .jinja (config/jinja.py says why).
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "config.jinja.environment"},
    },
]

# config/folding.py takes the places of `i18n` and `static`, with all that they have.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# --- Database ------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", default="") or (
    f"sqlite:///{MEDLEY_DATA / 'medley.sqlite3'}"
    if EMBEDDED
    else required("DATABASE_URL", "Name PostgreSQL: postgres://user:password@host/name.")
)
if not DATABASE_URL.startswith(("postgres://", "postgresql://", "sqlite:///")):
    raise ImproperlyConfigured(
        "DATABASE_URL must name PostgreSQL (postgres://user:password@host/name) or SQLite."
    )
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # As many connections as HTTP workers (config/asgi.py) plus the socket's pool and the writer.
    _database.setdefault("OPTIONS", {}).update(
        pool={"min_size": 1, "max_size": env.int("DATABASE_POOL", default=24), "timeout": 5},
        # Statements that ask for it are kept by the server (accounts/reading/), and no others. Off
        # for a pooler in between that knows no prepared statements: then each is planned anew.
        prepare_threshold=1_000_000 if env.bool("DATABASE_PREPARES", default=True) else None,
        # An ack is a promise: the commit is on the disk, whatever the server's own default is.
        # No JIT: compiling a search took ten times as long as the search.
        options="-c statement_timeout=15000 -c lock_timeout=10000 -c synchronous_commit=on"
        " -c jit=off",
        # A server whose machine or network is gone says nothing: notice it within ten seconds.
        connect_timeout=5,
        tcp_user_timeout=10_000,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
    )
    # Where the database was started anew, nobody gets a connection that is gone.
    _database["CONN_HEALTH_CHECKS"] = True
CONN_MAX_AGE = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: bus, cache and broker. A hint everywhere: nothing is lost with it ---------------------
REDIS_URL = redis_urls.checked(
    env.str("REDIS_URL", default="")
    or (
        f"unix://{embedded.redis_socket(MEDLEY_DATA)}"
        if EMBEDDED
        else required("REDIS_URL", "Name Redis or Valkey, e.g. redis://127.0.0.1:6379/0.")
    )
)
# Each of its roles may have a Redis of its own: what is told (lost, it is told again), what is kept
# for a while, and the jobs.
REDIS_BUS_URL = redis_urls.checked(env.str("REDIS_BUS_URL", default=REDIS_URL), "REDIS_BUS_URL")
REDIS_CACHE_URL = redis_urls.checked(
    env.str("REDIS_CACHE_URL", default=REDIS_URL), "REDIS_CACHE_URL"
)
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_BUS_URL], "prefix": "medley"},
    }
}
CACHES = {
    "default": {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": REDIS_CACHE_URL,
        "KEY_PREFIX": "medley",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
CELERY_BROKER_URL = redis_urls.for_celery(env.str("BROKER_URL", default=REDIS_URL))

# --- Files ------------------------------------------------------------
MEDIA_ROOT = MEDLEY_DATA / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(MEDLEY_DATA / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = EMBEDDED or DEBUG
# For a front server that understands X-Accel-Redirect (nginx): its internal prefix for MEDIA_ROOT.
ACCEL_REDIRECT_PREFIX = env.str("ACCEL_REDIRECT_PREFIX", default="")
S3_BUCKET = env.str("S3_BUCKET", default="")
S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", default="")
# Where signed links lead: pages may show pictures and films from there and nowhere else.
MEDIA_ORIGINS = env.list(
    "MEDIA_ORIGINS",
    default=[S3_ENDPOINT_URL or f"https://{S3_BUCKET}.s3.amazonaws.com"] if S3_BUCKET else [],
)
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED or DEBUG
        else "config.storage.ModuleManifestStorage"
    },
}
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT_URL or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": required("S3_ACCESS_KEY", "S3_BUCKET is set, so its key is needed."),
            "secret_key": required("S3_SECRET_KEY", "S3_BUCKET is set, so its secret is needed."),
            "querystring_expire": 300,
            "signature_version": "s3v4",
            "file_overwrite": False,
        },
    }
# What hash lists recognised (R44): no door serves it, nor has a folder of the front server it.
# In an object store it is a part of the bucket, or better a bucket of its own.
STORAGES["held"] = {
    "BACKEND": STORAGES["default"]["BACKEND"],
    "OPTIONS": {
        **STORAGES["default"]["OPTIONS"],
        "bucket_name": env.str("S3_HELD_BUCKET", default="") or S3_BUCKET,
        "location": "held",
    }
    if S3_BUCKET
    else {"location": MEDLEY_DATA / "held", "file_permissions_mode": 0o600},
}
VIDEO_MAX_SECONDS = 180
VIDEO_MAX_BYTES = 200 * 2**20
# A font file for texts on videos in scripts that static/fonts lacks, Noto Sans CJK for example.
VIDEO_FALLBACK_FONT = env.str("VIDEO_FALLBACK_FONT", default="")
AVATAR_MAX_BYTES = 8 * 2**20
# Resumable uploads: where the bytes of unfinished ones lie, and what one person may have.
UPLOAD_FOLDER = MEDLEY_DATA / "uploads"
# Where copies of people's data lie while they are being made.
EXPORT_FOLDER = MEDLEY_DATA / "exports"
UPLOADS_AT_ONCE = 20
UPLOAD_UNFINISHED_BYTES = 2 * 2**30
UPLOAD_STORED_BYTES = env.int("UPLOAD_STORED_BYTES", default=20 * 2**30)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20

# --- People ------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.signed_in.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "django.contrib.auth.password_validation.MinimumLengthValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
        # Has Django's own list in it.
        "accounts.passwords.validators.LeakedPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "videos:feed"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_VERIFICATION = env.str(
    "EMAIL_VERIFICATION", default="optional" if EMBEDDED else "mandatory"
)
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_USERNAME_VALIDATORS = "accounts.models.user.username_validators"
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
# In which of its headers the outermost of them says in which country the client is, as two letters.
# It has to overwrite what clients send under that name.
REGION_HEADER = env.str("REGION_HEADER", default="")
HEADLESS_CLIENTS = ("app",)
HEADLESS_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers call http://localhost secure; the library asks for https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_TOTP_ISSUER = "Medley"

# How long a minute is when a day with Medley is counted (R9); tests have shorter ones.
SCREEN_MINUTE_SECONDS = env.int("SCREEN_MINUTE_SECONDS", default=60)

# --- The shop -------------------------------------------------------------------------------------
# What shops may trade in (ISO 4217), the first being what a new one begins with.
CURRENCIES = ("EUR", "USD", "GBP", "MXN", "CHF", "JPY")
# Who moves the money: `test` moves none, and lets the buyer choose what happens.
PAYMENT_PROVIDERS = {
    "test": "commerce.payments.test_provider.TestProvider",
    "stripe": "commerce.payments.stripe_provider.StripeProvider",
}
PAYMENT_PROVIDER = env.str("PAYMENT_PROVIDER", default="test")
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="")
STRIPE_API = env.str("STRIPE_API", default="")  # another address of its API, for tests

# --- Ports: what one app offers another, by dotted path -------------------------------------------
FILM_RENDERER = "videos.transcoding.render"
JOIN_RULES = {
    "follows": "accounts.join_rules.Follows",
    "entitlement": "accounts.join_rules.Entitled",
    "code": "chat.join_codes.Code",
}
UPLOAD_RECEIVERS = {
    "clip": "videos.actions.clips.ClipReceiver",
    "version": "videos.actions.replacing.VersionReceiver",
}
RELATION_OBSERVERS = ["chat.observers.relation_changed", "videos.observers.relation_changed"]
CARD_OBSERVERS = [
    "videos.observers.card_changed",
    "chat.following.card_changed",
    "chat.linking.following.card_changed",
]
STAND_INS = ["videos.standing_in.take_part"]
DRAFT_OBSERVERS = ["commerce.observers.draft_copied"]
LINK_OBSERVERS = ["chat.linking.following.link_changed"]
CONTACTS_OF = "chat.contacts.of"
CONVERSATIONS_SHARING = "chat.sharing.conversations_sharing"
SHARE_REACH = "chat.sharing.reach_of"
LAST_SENDING = "chat.sharing.last_sending"
UNREAD_COUNTERS = [
    "accounts.notifications.badge.unread_of",
    "chat.pages.unread.unread_total",
]
SHAREABLE_MODELS = {
    "video": "videos.Video",
    "collection": "videos.Collection",
    "profile": "accounts.User",
    "channel": "chat.Channel",
    "sound": "videos.Sound",
    "group_buy": "commerce.GroupBuy",
    "product": "commerce.Product",
}
# Their pages, by the name of the route: what a link in a message shows as a card.
SHAREABLE_PAGES = {
    "videos:detail": "video",
    "videos:collection": "collection",
    "accounts:profile": "profile",
    "chat:channel": "channel",
    "videos:sound": "sound",
    "commerce:group-buy": "group_buy",
    "commerce:product": "product",
}
TOPIC_PAGE = "videos:tag"
# Which feature each address belongs to (R45), and what tells it where the address alone does not.
REGION_ROUTES = "config.regions.ROUTES"
LIMITS = [f"{app}.limits.limits" for app in ("accounts", "videos", "chat", "commerce")]
REGION_NARROWERS = ["chat.regions.narrowed"]
REPORTABLES = {
    "order": "commerce.evidence.of_order",
    "user": "accounts.evidence.of_user",
    "video": "videos.evidence.of_video",
    "comment": "videos.evidence.of_comment",
    "sound": "videos.evidence.of_sound",
    "conversation": "chat.evidence.of_conversation",
    "message": "chat.evidence.of_message",
    "reply": "chat.evidence.of_reply",
    "product": "commerce.evidence.of_product",
    "review": "commerce.evidence.of_review",
    "shop": "commerce.evidence.of_shop",
    "question": "commerce.evidence.of_question",
}
# What moderators see of a reported thing besides the evidence (accounts/ports.py).
EXHIBITORS = {
    "order": "commerce.exhibits.of_order",
    "user": "accounts.evidence.exhibits_of_user",
    "video": "videos.exhibits.of_video",
    "comment": "videos.exhibits.of_comment",
    "sound": "videos.exhibits.of_sound",
    "conversation": "chat.exhibits.of_messages",
    "message": "chat.exhibits.of_messages",
    "reply": "chat.exhibits.of_messages",
    "media": "chat.exhibits.of_media",  # what a program found before it was sent
    "product": "commerce.exhibits.of_product",
    "review": "commerce.exhibits.of_review",
    "shop": "commerce.exhibits.of_shop",
}
# How moderators' decisions take each of these down and put it back (accounts/ports.py).
MODERATED = {
    "order": "commerce.moderated.Order",
    "user": "accounts.moderated.User",
    "video": "videos.moderated.Video",
    "comment": "videos.moderated.Comment",
    "sound": "videos.moderated.Sound",
    "conversation": "chat.moderated.Conversation",
    "message": "chat.moderated.Message",
    "reply": "chat.moderated.Reply",
    "product": "commerce.moderated.Product",
    "review": "commerce.moderated.Review",
    "shop": "commerce.moderated.Shop",
    "question": "commerce.moderated.Question",
}
# Every entrance of pictures and films: each is compared with lists of known ones (R44).
SCREENED = {
    "avatar": "accounts.screening.own.Avatars",
    "link": "accounts.screening.own.LinkPictures",
    "group_picture": "chat.screening.GroupPictures",
    "media": "chat.screening.MediaFiles",
    "sticker": "chat.screening.Stickers",
    "video": "videos.screening.Films",
    "product": "commerce.screening.ProductPhotos",
    "review": "commerce.screening.ReviewPhotos",
    "shop": "commerce.screening.ShopPictures",
}
# A class that finds nakedness in what is sent (accounts/screening/nudity.py); none unless named.
NUDITY_DETECTOR = env.str("NUDITY_DETECTOR", default="")
# What each app gives of a person who wants a copy, and how it lets go of one who left: those first
# whose rows need the others'.
EXPORTERS = [
    "accounts.rights.own.EXPORTER",
    "videos.data_rights.EXPORTER",
    "commerce.data_rights.EXPORTER",
    "chat.data_rights.EXPORTER",
]
PURGERS = [
    "chat.data_rights.PURGER",
    "commerce.data_rights.PURGER",
    "videos.data_rights.PURGER",
    "accounts.rights.own.PURGER",
]
# How long each app keeps what has its time (docs/retention.md).
RETENTION = [
    "accounts.rights.retention.RULES",
    "videos.data_rights.RETENTION",
    "commerce.data_rights.RETENTION",
    "chat.data_rights.RETENTION",
]
# A server that speaks LibreTranslate's interface; without one, translating is offered nowhere.
LIBRETRANSLATE_URL = env.str("LIBRETRANSLATE_URL", default="")
LIBRETRANSLATE_KEY = env.str("LIBRETRANSLATE_KEY", default="")
TRANSLATION_PROVIDER = env.str(
    "TRANSLATION_PROVIDER",
    default="chat.translation.LibreTranslate" if LIBRETRANSLATE_URL else "",
)

# --- Admin ------------------------------------------------------------
UNFOLD = {
    "SITE_TITLE": "Medley",
    "SITE_HEADER": "Medley",
    "SITE_SYMBOL": "forum",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "SIDEBAR": {"show_search": True, "show_all_applications": False},
}

# Frames a second one socket may send for long; above four times that at once it is closed.
SOCKET_FRAMES_PER_SECOND = env.int("SOCKET_FRAMES_PER_SECOND", default=30)

# --- Doors ------------------------------------------------------------
# Requests of REST, of an account and of an address where nobody is signed in; 0 counts none.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=1200)
API_REQUESTS_PER_MINUTE_SIGNED_OUT = env.int("API_REQUESTS_PER_MINUTE_SIGNED_OUT", default=600)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "config.authentication.AppSessionAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["config.rates.PerMinute", "accounts.families.gate.DayOver"],
    "DEFAULT_PAGINATION_CLASS": "config.api.CursorPagination",
    "DEFAULT_SCHEMA_CLASS": "config.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["config.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "EXCEPTION_HANDLER": "config.api.exception_handler",
    "PAGE_SIZE": 20,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_FORMATTER_CLASS": "config.api.ProblemFormatter"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Medley",
    "DESCRIPTION": "Short videos, conversations and what lies between them.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ConversationKind": "chat.models.Conversation.Kind",
        "CreditState": "videos.serializers.credits.STANDING",
        "DeviceKind": "accounts.models.Device.Kind",
        "ExportState": "accounts.models.Export.State",
        "MediaKind": "chat.models.Media.Kind",
        "MediaState": "chat.models.Media.State",
        "MembershipRole": "chat.rights.Role",
        "MembershipState": "chat.models.Membership.State",
        "LessKind": "videos.serializers.feed.LESS_KINDS",
        "SoundKind": "videos.models.Sound.Kind",
        "SteeredKind": "videos.serializers.feed.STEERED_KINDS",
        "TasteKind": "videos.models.Taste.Kind",
        "MadeWithKind": "videos.models.Video.ParentKind",
        "UploadKind": "chat.serializers.media.UPLOADED",
        "VideoCircle": "videos.models.Circle",
        "VideoState": "videos.models.Video.State",
        "VideoVersionState": "videos.models.VideoVersion.State",
        "WatchSource": "videos.models.WatchEvent.Source",
        "ApplicationState": "commerce.models.SellerApplication.State",
        "ImportState": "commerce.models.ProductImport.State",
        "ProductState": "commerce.models.Product.State",
        "OrderState": "commerce.models.Order.State",
        "RefundState": "commerce.models.Refund.State",
        "ReportReason": "accounts.models.Report.Reason",
        "ReturnReason": "commerce.models.ReturnRequest.Reason",
        "ReturnState": "commerce.models.ReturnRequest.State",
        "ProductSource": "commerce.models.Source.Kind",
        "ShopState": "commerce.models.Shop.State",
        "ShopRole": "commerce.models.ShopStaff.Role",
        "WebhookDeliveryState": "commerce.models.WebhookDelivery.State",
        "WebhookEventType": "commerce.models.WebhookEvent.Kind",
        "WebhookState": "commerce.models.WebhookEndpoint.State",
    },
    "WEBHOOKS": "commerce.api.webhook_events.EVENTS",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.openapi.common",
        "config.examples.shown",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "AUTHENTICATION_WHITELIST": ["config.authentication.AppSessionAuthentication"],
}

# --- Jobs ------------------------------------------------------------
# Which task waits in which queue, and how long a run may take: config/queues.py. A worker started
# without -Q serves all of them.
CELERY_TASK_DEFAULT_QUEUE = queues.DEFAULT
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {name: {} for name in queues.QUEUES}
CELERY_TASK_ROUTES = queues.routes()
CELERY_TASK_ANNOTATIONS = queues.limits()
CELERY_TASK_TIME_LIMIT = queues.QUEUES[queues.DEFAULT].limit
CELERY_TASK_ACKS_LATE = True
CELERY_DB_REUSE_MAX = sys.maxsize  # config/celery.py says what is done instead
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_IGNORE_RESULT = True
# What one process of a worker may hold, films excepted: a job that wants more fails alone, before
# the machine is short of it.
WORKER_MEMORY = env.int("WORKER_MEMORY", default=2 * 2**30)
CELERY_BROKER_TRANSPORT_OPTIONS = redis_urls.celery_options(CELERY_BROKER_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "config.timetable.SlotScheduler"
CELERY_BEAT_SCHEDULE = {
    **queues.timetable(),
    "outbox-sweep": {"task": "accounts.sweep_outbox", "schedule": 10},
    "jobs": {"task": "accounts.forget_jobs", "schedule": 60 * 60},
    "uploads": {"task": "accounts.sweep_uploads", "schedule": 10 * 60},
    "purges": {"task": "accounts.purge_due", "schedule": 10 * 60},
    "retention": {"task": "accounts.keep_retention", "schedule": 60 * 60},
    "transparency": {"task": "accounts.count_transparency", "schedule": 24 * 60 * 60},
    "birthdays": {"task": "accounts.keep_birthdays", "schedule": 60 * 60},
    "families": {"task": "accounts.tend_families", "schedule": 60 * 60},
    "photos": {"task": "commerce.size_photos", "schedule": 5 * 60},
    "orders": {"task": "commerce.tend_orders", "schedule": 60 * 60},
    "returns": {"task": "commerce.approve_returns", "schedule": 5 * 60},
    "limits": {"task": "accounts.end_limits", "schedule": 30, "options": {"expires": 60}},
    # It is eight o'clock somewhere at each quarter of an hour.
    "digests": {"task": "accounts.send_digests", "schedule": 15 * 60},
    "notifications": {"task": "accounts.forget_notifications", "schedule": 6 * 60 * 60},
    # Found a few seconds after it was said. One that waited too long has nothing left to do.
    "search": {"task": "chat.index_messages", "schedule": 4, "options": {"expires": 8}},
    # What the hints of those who stored it did not bring (no Redis, say).
    "pushes": {"task": "chat.push_missed", "schedule": 10, "options": {"expires": 20}},
    "watchings": {"task": "chat.tend_watchings", "schedule": 20},
    "polls": {"task": "chat.close_polls", "schedule": 10},
    "scheduled-messages": {"task": "chat.send_due", "schedule": 5},
    "reminders": {"task": "chat.remind_due", "schedule": 5},
    "disappearing-messages": {"task": "chat.empty_expired", "schedule": 30},
    # What the frequent look misses (no worker ran, say) the long one finds.
    "streaks": {"task": "chat.count_streaks", "schedule": 5 * 60, "args": [15]},
    "streaks-of-the-day": {
        "task": "chat.count_streaks",
        "schedule": 3 * 60 * 60,
        "args": [48 * 60],
    },
    "scheduled-videos": {"task": "videos.publish_due", "schedule": 10},
    "media": {"task": "chat.sweep_media", "schedule": 10 * 60},
    # What waited too long is done by the next one.
    "watches": {"task": "videos.count_watches", "schedule": 5, "options": {"expires": 10}},
    "video-search": {"task": "videos.index_words", "schedule": 5, "options": {"expires": 10}},
    # What the frequent look misses: what was there before search was, or while no worker ran.
    "video-search-of-all": {
        "task": "videos.index_words",
        "schedule": 60 * 60,
        "args": [100 * 365],
    },
    "feed-learning": {"task": "videos.learn_feed", "schedule": 60 * 60},
    "trends": {"task": "videos.cool_trends", "schedule": 6 * 60 * 60},
    "insights": {"task": "videos.count_insights", "schedule": 30, "options": {"expires": 60}},
    "followers": {"task": "videos.look_after_followers", "schedule": 10 * 60},
    "payments": {"task": "commerce.look_at_payments", "schedule": 60},
    "unpaid": {"task": "commerce.expire_unpaid", "schedule": 15, "options": {"expires": 30}},
    "group-buys": {"task": "commerce.expire_group_buys", "schedule": 5, "options": {"expires": 10}},
    "payouts": {"task": "commerce.run_payouts", "schedule": 7 * 24 * 60 * 60},
    "webhooks": {"task": "commerce.send_due_webhooks", "schedule": 20, "options": {"expires": 20}},
}

# --- Mail ------------------------------------------------------------
EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.console.EmailBackend"
    if EMBEDDED
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
# A mail server that hangs must not hold whoever waits for it: a worker, or somebody at sign-in.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Medley <hello@medley.example>")

# --- Pushes: what is told to devices while Medley is open nowhere. Each service wants keys; without
# them its devices are not offered -----------------------------------------------------------------
PUSHERS: dict[str, str] = {}
# Web Push (browsers): a private key of the curve P-256 as base64url, and whom services write to.
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="") or (
    embedded.vapid_key(MEDLEY_DATA) if EMBEDDED else ""
)
VAPID_SUBJECT = env.str("VAPID_SUBJECT", default=f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}")
# Whose endpoints are taken: hosts, with a dot in front all below; a push service of one's own, in
# one's own network, as a whole origin.
WEB_PUSH_SERVICES = env.list(
    "WEB_PUSH_SERVICES",
    default=[
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        ".push.apple.com",
        ".notify.windows.com",
    ],
)
if VAPID_PRIVATE_KEY:
    PUSHERS["web"] = "accounts.push.webpush.WebPush"
# Firebase Cloud Messaging (Android): a service account's key, as a file's name or as JSON.
FCM_CREDENTIALS = env.str("FCM_CREDENTIALS", default="")
FCM_ORIGIN = env.str("FCM_ORIGIN", default="https://fcm.googleapis.com")
if FCM_CREDENTIALS:
    PUSHERS["fcm"] = "accounts.push.fcm.FCM"
# Apple Push Notification service: a .p8 key, as a file's name or as PEM, and the app's bundle id.
APNS_KEY = env.str("APNS_KEY", default="")
APNS_KEY_ID = env.str("APNS_KEY_ID", default="")
APNS_TEAM_ID = env.str("APNS_TEAM_ID", default="")
APNS_TOPIC = env.str("APNS_TOPIC", default="")
APNS_ORIGIN = env.str("APNS_ORIGIN", default="https://api.push.apple.com")
if APNS_KEY and APNS_KEY_ID and APNS_TEAM_ID and APNS_TOPIC:
    PUSHERS["apns"] = "accounts.push.apns.APNs"

# --- What selling costs, and payouts ------------------------------------------------------------
SHOP_FEE_PERCENT = Decimal(env.str("SHOP_FEE_PERCENT", default="5"))
PAYOUT_LEAST = Decimal(env.str("PAYOUT_LEAST", default="10"))  # in each currency
PAYOUT_BANK = env.str("PAYOUT_BANK", default="commerce.ledger.banks.TestBank")

# --- Language and time ------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- Security ------------------------------------------------------------
SESSION_ENGINE = "accounts.signed_in"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not EMBEDDED
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not EMBEDDED)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if EMBEDDED else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not EMBEDDED
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *MEDIA_ORIGINS],
        "media-src": [SELF, "blob:", *MEDIA_ORIGINS],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Watching -------------------------------------------------------------------------------------
# Who may read `/metrics`: whoever has the token, and whoever asks from these networks directly.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_FROM = networks.listed(env.list("METRICS_FROM", default=[]))

# One line a record: `json` for machines, `text` for a terminal; config/logs/ says what never is.
LOGGING = configuration.logging_of(
    env.str("LOG_LEVEL", default="INFO"),
    env.str("LOG_FORMAT", default="text" if EMBEDDED else "json"),
)
# Which request sent a statement, as a comment behind it, where it is PostgreSQL that hears it.
SQL_COMMENTS = env.bool("SQL_COMMENTS", default=not EMBEDDED)
SENTRY_DSN = env.str("SENTRY_DSN", default="")
# The other variables of OpenTelemetry's are read by its own libraries.
OTEL_EXPORTER_OTLP_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", default="")
