"""The socket as an AsyncAPI 3 document: docs/asyncapi.json, served at /api/asyncapi/.

`commands.py`, `frames.py` and `events.py` declare what may be said and what is heard; cards are
those of REST (config/openapi.py). `make api` writes the document anew; the clients of the tests
hold everything that they hear against it (tests/socket_document.py).
"""
