"""What an operation is told so that it is done: what the worlds of tests/access have for it, and
here what they have not."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.world import World
from tests.api.examples import Operation, Shape, followed, is_file
from tests.chat.media_files import film, picture
from tests.factories import PASSWORD

ID = "7d1f0c1e-4f0a-4e0b-9f55-2a3c1b0d9e77"
CODE = [{"kind": "code", "code": "open sesame"}]
# The receiver's keys in the example of RFC 8291, section 5.
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
TUS = {"Tus-Resumable": "1.0.0"}
# What "{film}" stands for is in the `values` of the world.
PLACES: dict[str, dict[str, str]] = {
    "GET /api/v1/media/{id}/": {"id": "{unsent}"},
    "PATCH /api/v1/media/{id}/": {"id": "{unsent}"},
    "DELETE /api/v1/media/{id}/": {"id": "{unsent}"},
    "PUT /api/v1/conversations/{id}/join-rules/": {"id": "{fans}"},
    "POST /api/v1/conversations/{id}/hosts/{username}/": {"username": "silenced"},
    "DELETE /api/v1/conversations/{id}/hosts/{username}/": {"username": "member"},
    "POST /api/v1/conversations/{id}/watch/control/": {"id": "{watching}"},
    "POST /api/v1/conversations/{id}/watch/join/": {"id": "{watching}"},
    "POST /api/v1/conversations/{id}/watch/queue/": {"id": "{watching}"},
    "PATCH /api/v1/cart/lines/{line_id}/": {"line_id": "{line}"},
    "DELETE /api/v1/cart/lines/{line_id}/": {"line_id": "{line}"},
    "POST /api/v1/orders/{order_id}/arrived/": {"order_id": "{shipped}"},
    "POST /api/v1/orders/{order_id}/returns/": {"order_id": "{delivered}"},
}
QUERIES: dict[str, dict[str, str]] = {
    "DELETE /api/v1/conversations/{id}/messages/{seq}/reactions/": {"emoji": "🔥"},
    "GET /api/v1/conversations/{id}/library/": {"q": "hello"},
    "GET /api/v1/search/messages/": {"q": "hello"},
    "GET /api/v1/notifications/changes/": {"after": "0"},
}
HEADERS: dict[str, dict[str, str]] = {
    "POST /api/v1/checkout/": {"Idempotency-Key": ID},
    "POST /api/v1/uploads/": {
        **TUS,
        "Upload-Length": "1048576",
        "Upload-Metadata": "purpose Y2xpcA==,filename d2Fsay5tcDQ=",
    },
    "PATCH /api/v1/uploads/{upload_id}/": {**TUS, "Upload-Offset": "0"},
    "DELETE /api/v1/uploads/{upload_id}/": TUS,
}
# What is not a picture.
SPOKEN = b"WEBVTT\n\n00:00.000 --> 00:01.800\nGood morning.\n"
SHEET = b"sku,title,category,options,values,price,stock\nM1,Mug,clothes,,,5.00,3\n"
FILES: dict[str, Callable[[], SimpleUploadedFile]] = {
    "POST /api/v1/videos/": film,
    "POST /api/v1/videos/{video_id}/versions/": film,
    "POST /api/v1/videos/{video_id}/subtitles/": lambda: SimpleUploadedFile("walk.vtt", SPOKEN),
    "POST /api/v1/sell/imports/": lambda: SimpleUploadedFile("goods.csv", SHEET),
}
SAID: dict[str, dict[str, Any]] = {
    "POST /api/v1/conversations/{id}/collection/": {"video": "{film}"},
    "POST /api/v1/conversations/{id}/messages/{seq}/translation/": {"to": "es"},
    "POST /api/v1/conversations/{id}/watch/": {"video": "{film}"},
    "POST /api/v1/conversations/{id}/watch/queue/": {"video": "{film}"},
    "POST /api/v1/conversations/{id}/watch/control/": {"action": "pause", "position_ms": 1200},
    "POST /api/v1/fan-groups/": {"title": "Fans", "rules": CODE},
    "PUT /api/v1/conversations/{id}/join-rules/": {"rules": CODE},
    "PATCH /api/v1/media/{id}/": {"alt": "Roses"},
    "POST /api/v1/shares/": {
        "share": "video:{film}",
        "client_id": ID,
        "conversations": ["{conversation}"],
    },
    "POST /api/v1/me/age-correction/": {"birth_date": "1999-05-01", "words": "A slip."},
    "POST /api/v1/me/devices/": {
        "kind": "web",
        "address": "https://updates.push.services.mozilla.com/wpush/v2/walks",
        "keys": {"p256dh": KEY, "auth": "BTBZMqHH6r4Tts7J_aSIgg"},
        "name": "Firefox",
    },
    "PUT /api/v1/me/family/{link_id}/passcode/": {"passcode": "2468"},
    "PUT /api/v1/me/screen-time/passcode/": {"passcode": "2468", "password": PASSWORD},
    "POST /api/v1/reports/": {"kind": "user", "id": "{object}", "reason": "spam"},
    "POST /api/v1/collections/{collection_id}/people/": {"usernames": ["friend"]},
    "POST /api/v1/videos/{video_id}/stitch/": {"in_ms": 0, "out_ms": 3000},
    "PUT /api/v1/videos/{video_id}/subtitles/{language}/": {
        "cues": [{"from_ms": 0, "to_ms": 1800, "text": "Good morning."}]
    },
    "POST /api/v1/videos/{video_id}/subtitles/": {"language": "en"},
    "POST /api/v1/checkout/": {"variant": "{variant}", "quantity": 1, "address": "{address}"},
    "POST /api/v1/me/addresses/": {
        "name": "Ana Lima",
        "street": "Lindenstr. 5",
        "city": "Berlin",
        "postcode": "10969",
        "country": "DE",
    },
    "POST /api/v1/orders/{order_id}/returns/": {
        "lines": [{"line": "{arrived}", "quantity": 1}],
        "reason": "no_fit",
        "words": "Too small.",
    },
    "POST /api/v1/sell/application/": {
        "name": "Ana's garden",
        "currency": "EUR",
        "legal_name": "Ana Lima",
        "street": "Lindenstr. 5",
        "city": "Berlin",
        "postcode": "10969",
        "country": "DE",
        "email": "ana@example.com",
        "phone": "+49 30 1234567",
        "iban": "DE89370400440532013000",
        "declares_law": True,
    },
    "POST /api/v1/sell/flash-sales/": {
        "variant": "{variant}",
        "price": "10.00",
        "starts_at": "{soon}",
        "ends_at": "{later}",
        "most": 5,
    },
    "POST /api/v1/sell/orders/{order_id}/refunds/": {"shipping": "1.00", "reason": "late"},
    "POST /api/v1/sell/products/": {
        "title": "A shirt",
        "category": "clothes",
        "price": "20.00",
        "stock": 3,
    },
    "PATCH /api/v1/sell/products/{product_id}/": {"revision": 1, "title": "A shirt"},
    "PUT /api/v1/sell/products/{product_id}/photos/": {"photos": ["{photo}"]},
    "POST /api/v1/sell/programmes/{programme_id}/creators/": {"username": "buyer"},
    "POST /api/v1/sell/staff/": {"username": "buyer", "role": "support"},
    "POST /api/v1/sell/webhooks/": {
        "url": "https://shop.example.com/medley/",
        "events": ["order.paid"],
    },
    "POST /api/v1/sell/zones/": {"name": "France", "countries": ["FR"]},
    "POST /api/v1/sell/zones/{zone_id}/rates/": {"name": "Parcel", "price": "4.90"},
}
SAMPLES = {"uuid": ID, "date": "2027-03-01", "date-time": "2027-03-01T18:00:00Z"}


def said(operation: Operation, world: World) -> Iterator[dict[str, Any] | None]:
    """Bodies to try in turn: the one of SAID; or all that the world has for it, what of that it
    needs, one thing at a time, anything."""
    members = operation.takes.get("properties", {})
    needed = set(operation.takes.get("required", ()))
    if not operation.takes:
        yield None
    elif operation.name in SAID:
        yield filled(SAID[operation.name], world)
    else:
        given = world.given(operation.path.removeprefix("/"))
        given = {name: given[name] for name in members if name in given}
        told = {name: shape for name, shape in members.items() if not is_file(shape)}
        must = {name: sampled(shape) for name, shape in told.items() if name in needed}
        yield must | given
        yield must | {name: value for name, value in given.items() if name in needed}
        yield from ({name: value} for name, value in given.items() if not needed)
        yield {name: sampled(shape) for name, shape in told.items()}


def files(operation: Operation) -> dict[str, SimpleUploadedFile]:
    """A picture, or what else belongs there, for each file that it takes."""
    make = FILES.get(operation.name, picture)
    members = operation.takes.get("properties", {})
    return {name: make() for name, shape in members.items() if is_file(shape)}


def filled(value: Any, world: World) -> Any:
    """The same with the world's values in it."""
    if isinstance(value, dict):
        return {name: filled(each, world) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, world) for each in value]
    return value.format(**world.values) if isinstance(value, str) else value


def sampled(shape: Shape) -> Any:
    """Something of this shape."""
    shape = followed(shape)
    if "enum" in shape:
        return shape["enum"][0]
    kind = shape.get("type", "object")
    match kind if isinstance(kind, str) else kind[0]:
        case "object":
            members = shape.get("properties", {})
            return {name: sampled(members[name]) for name in shape.get("required", ())}
        case "array":
            return [sampled(shape["items"])] if shape.get("minItems") else []
        case "integer":
            return max(shape.get("minimum", 1), 1)
        case "boolean":
            return True
    return SAMPLES.get(shape.get("format", ""), "walks")
