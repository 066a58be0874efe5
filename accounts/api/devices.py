"""One's devices by REST: which are told, one more, one fewer."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions, agents
from accounts.models import Device
from accounts.push import vapid
from accounts.push.carrying import offered
from accounts.requests import SignedInApiRequest
from accounts.serializers import DeviceListSerializer, DeviceSerializer, NewDeviceSerializer


class Devices(APIView):
    """The browsers and apps on which the person is told of what happens."""

    @extend_schema(operation_id="me_devices_list", responses=DeviceListSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """All of them, the latest first, and what registering another takes."""
        mine = Device.objects.filter(user=request.user).order_by("-registered_at", "-pk")
        context = {"session_key": _session_key(request)}
        return Response(
            {
                "offered": offered(),
                "vapid_public_key": vapid.public_key(),
                "results": DeviceSerializer(mine, many=True, context=context).data,
            }
        )

    @extend_schema(request=NewDeviceSerializer, responses={201: DeviceSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Tell this device too, until this session ends. The same address again is the same
        device; another account is not told there any more."""
        parsed = NewDeviceSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        wanted: dict[str, Any] = dict(parsed.validated_data)
        wanted["name"] = wanted.get("name") or agents.name_of(request.headers.get("User-Agent", ""))
        key = _session_key(request)
        device = actions.register_device(request.user, **wanted, session_key=key)
        shown = DeviceSerializer(device, context={"session_key": key})
        return Response(shown.data, status.HTTP_201_CREATED)


class OneDevice(APIView):
    """One of them."""

    @extend_schema(responses={204: None})
    def delete(self, request: SignedInApiRequest, device_id: UUID) -> Response:
        """It is told no more."""
        actions.remove_device(get_object_or_404(Device, user=request.user, pk=device_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _session_key(request: SignedInApiRequest) -> str:
    """An app's session came with its token, a browser's with the cookie."""
    session: Any = request.auth or request.session
    return session.session_key or ""
