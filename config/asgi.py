"""The one ASGI application: sockets to Channels, HTTP to Django in a bounded pool of threads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.wsgi import application as django_application  # noqa: I001  (sets Django up first)

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter

from chat.live.origins import ExactOriginValidator
from chat.routing import websocket_urlpatterns
from config.metrics.door import MetricsDoor
from config.shedding import Shedding

HTTP_WORKERS = 16
# Under way or waiting for one of them; at a tenth of a second each the last waits two seconds.
HTTP_LIMIT = 20 * HTTP_WORKERS


def _pool(workers: int) -> WSGIMiddleware:
    """Django behind so many threads."""
    # Django's own ASGI handler takes a thread hop per middleware and a thread per request;
    # a bounded pool served 2 to 2.8 times as many requests a second.
    # The stubs answer HttpResponseBase, which cannot be iterated; all that Django returns can.
    return WSGIMiddleware(django_application, workers=workers)  # type: ignore[arg-type]


application = ProtocolTypeRouter(
    {
        "http": MetricsDoor(Shedding(_pool(HTTP_WORKERS), health=_pool(1), limit=HTTP_LIMIT)),
        "websocket": ExactOriginValidator(URLRouter(websocket_urlpatterns)),
    }
)
