"""What this Medley can do, and what whoever asks may do with it: apps show no more than that."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import policy, ports
from accounts.models import User
from accounts.policy.regions import FEATURES
from accounts.push.carrying import offered
from accounts.regions import asking, table
from accounts.uploads import parts

VERBS = {
    "write_messages": policy.may_use_messages,
    "publish_stickers": policy.publish_sticker,
    "run_channel": policy.run_channel,
    "search": policy.search,
    "advertise": policy.advertise,
    "buy": policy.buy,
    "sell": policy.sell,
    "earn": policy.earn,
}


class ServerSerializer(serializers.Serializer):
    """What is set up here. `push`: the kinds of devices that can be told; `direct_uploads`: large
    files go in parts straight to object storage."""

    version = serializers.CharField(help_text="Of the API: what `/api/v1/` promises stays.")
    languages = serializers.ListField(child=serializers.CharField())
    push = serializers.ListField(child=serializers.CharField())
    direct_uploads = serializers.BooleanField()


class CapabilitiesOfAllSerializer(serializers.Serializer):
    """`may`: verbs by one's own age, null for whoever is signed out (what two people may do is said
    of each pair). `features`: what is on where one is (R45). `limits`: numbers by app."""

    server = ServerSerializer()
    may = serializers.DictField(child=serializers.BooleanField(), allow_null=True)
    features = serializers.DictField(child=serializers.BooleanField())
    limits = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))


class Capabilities(APIView):
    """What can be done here, and by whoever asks."""

    permission_classes = [AllowAny]

    @extend_schema(responses=CapabilitiesOfAllSerializer)
    def get(self, request: Request) -> Response:
        """Ask after signing in, and again from time to time: birthdays and regions change it."""
        table.look()
        told = {
            "server": {
                "version": "1",
                "languages": [code for code, _name in settings.LANGUAGES],
                "push": offered(),
                "direct_uploads": parts.are_offered(),
            },
            "may": _verbs(request.user),
            "features": {feature: asking.offers(request, feature) for feature in FEATURES},
            "limits": ports.limits_of_apps(),
        }
        return Response(CapabilitiesOfAllSerializer(told).data)


def _verbs(user: Any) -> dict[str, bool] | None:
    if not isinstance(user, User):
        return None
    return {verb: asked(user.person) is None for verb, asked in VERBS.items()}
