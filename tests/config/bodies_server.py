"""Run as a script: our web process in front of an application that counts a body's bytes.

Prints its port, and for each request what came: `METHOD length bytes`.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from config.server import MedleyServer  # isort: skip  # noqa: E402  (chooses Twisted's reactor)

from a2wsgi import WSGIMiddleware  # noqa: E402

PIECE = 2**16


def count(environ, start_response):
    """Read the body as Django would, a piece at a time."""
    size = 0
    while chunk := environ["wsgi.input"].read(PIECE):
        size += len(chunk)
    told = f"{environ['REQUEST_METHOD']} {environ.get('CONTENT_LENGTH')} {size}"
    print(told, flush=True)
    start_response("200 OK", [("Content-Length", str(len(told)))])
    return [told.encode()]


if __name__ == "__main__":
    application = WSGIMiddleware(count, workers=2)
    MedleyServer(application, endpoints=[f"unix:{sys.argv[1]}"], verbosity=0).run()
