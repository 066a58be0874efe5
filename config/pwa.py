"""What makes the site an app on a device: manifest, service worker, the page without a line."""

import hashlib
import json
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

PAPER = {"light": "#fbfaf8", "dark": "#15101c"}  # --paper of static/css/tokens.css
# What the page without a line is made of, beside itself.
SHELL = [
    *(f"css/{name}.css" for name in ("tokens", "fonts", "base", "controls", "forms")),
    *(f"css/{name}.css" for name in ("surfaces", "layers", "shell", "offline")),
    "fonts/figtree-latin-wght-normal.woff2",
    "fonts/bricolage-grotesque-latin-wght-normal.woff2",
    "icons/medley.svg",
    "icons/medley-192.png",
    "vendor/htmx/htmx.min.js",
    *(f"js/{name}.js" for name in ("theme", "app", "behaviours")),
    *(f"js/lib/{name}.js" for name in ("kept", "toast", "zone")),
    "js/worker/kept.js",
    *(f"js/behaviours/{name}.js" for name in ("offline", "offline-page", "toasts", "worker")),
]
# The worker's parts, in the order in which they run: plain scripts, as some browsers' workers
# import no modules.
PARTS = ["kept", "shell", "sending", "push"]
SCREENSHOTS = [
    ("feed-phone-dark.webp", "390x844", "narrow"),
    ("group-phone-dark.webp", "390x844", "narrow"),
    ("feed-desktop-dark.webp", "1280x800", "wide"),
]


@require_GET
@vary_on_headers("Cookie", "Accept-Language")
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest, in the person's language and theme."""
    paper = PAPER.get(getattr(request.user, "theme", ""), PAPER["dark"])
    fields = {
        "id": "/",
        "name": "Medley",
        "short_name": "Medley",
        "description": _("Short videos with music, and the people you talk about them with."),
        "lang": translation.get_language(),
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": paper,
        "theme_color": paper,
        "categories": ["social", "entertainment", "photo", "music"],
        "icons": _icons(),
        "shortcuts": _shortcuts(request.user),
        "screenshots": _screenshots(),
    }
    answer = JsonResponse(fields, content_type="application/manifest+json")
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _icons() -> list[dict[str, str]]:
    # One picture for both purposes would show a ring of paper, or lose its edge to the mask.
    pictures = [(f"medley-{size}.png", size, "any") for size in (192, 512)]
    pictures += [(f"medley-maskable-{size}.png", size, "maskable") for size in (192, 512)]
    return [
        {
            "src": static(f"icons/{name}"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, size, purpose in pictures
    ]


def _shortcuts(user: Any) -> list[dict[str, Any]]:
    """Where one goes most; under 16 there is no inbox (R2)."""
    ways = [(_("Create"), reverse("videos:upload"))]
    if getattr(user, "may_chat", True):
        ways.append((_("Inbox"), reverse("chat:inbox")))
    ways.append((_("Activity"), reverse("accounts:activity")))
    icon = {"src": static("icons/medley-192.png"), "sizes": "192x192", "type": "image/png"}
    return [{"name": name, "url": url, "icons": [icon]} for name, url in ways]


def _screenshots() -> list[dict[str, str]]:
    words = {"narrow": _("Medley on a phone"), "wide": _("Medley on a desk")}
    return [
        {
            "src": static(f"screenshots/{name}"),
            "sizes": sizes,
            "type": "image/webp",
            "form_factor": form,
            "label": words[form],
        }
        for name, sizes, form in SCREENSHOTS
    ]


@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: its parts by name, and a version that changes with any static file."""
    facts = {
        "version": version(),
        "static": settings.STATIC_URL,
        "catalogue": reverse("jsi18n"),
        "offline": reverse("offline"),
        "shell": [static(name) for name in SHELL],
        "me": reverse("api:me"),
        "icon": static("icons/medley-192.png"),
        "mark": static("icons/medley-mark-96.png"),
    }
    parts = [static(f"js/worker/{name}.js") for name in PARTS]
    script = f"self.MEDLEY = {json.dumps(facts)};\nimportScripts(...{json.dumps(parts)});\n"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_GET
@never_cache
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a line. Every browser keeps a copy: nothing in it is anybody's own."""
    return HttpResponse(render_to_string("offline.html"))


@cache
def version() -> str:
    """One word for all static files as they are: the manifest's, where they have hashed names."""
    hashed = getattr(staticfiles_storage, "manifest_hash", "")
    return hashed or _digest_of_sources()


def _digest_of_sources() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            changed = storage.get_modified_time(name).timestamp()
            digest.update(f"{name} {changed}\n".encode())
    return digest.hexdigest()[:12]
