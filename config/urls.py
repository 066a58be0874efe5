"""Every address of the site; the socket's is in chat/routing.py."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog

from config import health, problem_pages, pwa
from config.asyncapi.views import document as asyncapi

static_lazy = lazy(static, str)

handler400 = "config.fallbacks.bad_request"
handler404 = "config.fallbacks.page_not_found"
handler500 = "config.fallbacks.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    # At the root: a worker looks after the addresses below its own.
    path("sw.js", pwa.worker, name="worker"),
    path("offline/", pwa.offline, name="offline"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v1/", include("config.api_urls")),
    path("api/asyncapi/", asyncapi, name="asyncapi"),
    path("api/problems/<str:code>/", problem_pages.page, name="problem"),
    path("jsi18n/", JavaScriptCatalog.as_view(domain="djangojs"), name="jsi18n"),
    # Pages that are not ours (the admin, the API's) name no icon; browsers then ask for this.
    path("favicon.ico", RedirectView.as_view(url=static_lazy("icons/medley-192.png"))),
    path("", include("videos.urls")),
    path("", include("commerce.urls")),
    path("", include("chat.urls")),
    path("", include("accounts.urls")),
]
