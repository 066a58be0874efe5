"""Devices in REST: what one registers, and what one sees of one's own."""

from rest_framework import serializers

from accounts.models import Device
from accounts.models.device import ADDRESS_LIMIT, NAME_LIMIT


class DeviceSerializer(serializers.ModelSerializer):
    """One of the person's own devices. Nobody reads its address again."""

    is_this = serializers.SerializerMethodField(help_text="Whether this session registered it.")

    class Meta:
        model = Device
        fields = ["id", "kind", "name", "created_at", "last_ok_at", "is_this"]
        read_only_fields = fields

    def get_is_this(self, device: Device) -> bool:
        return bool(device.session_key) and device.session_key == self.context["session_key"]


class DeviceListSerializer(serializers.Serializer):
    """`offered`: the kinds that can be told here; with `web` a browser subscribes by
    `vapid_public_key` (base64url)."""

    offered = serializers.ListField(child=serializers.ChoiceField(Device.Kind.choices))
    vapid_public_key = serializers.CharField(allow_blank=True)
    results = DeviceSerializer(many=True)


class BrowserKeysSerializer(serializers.Serializer):
    """As `PushSubscription.toJSON()` has them, base64url."""

    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=60)


class NewDeviceSerializer(serializers.Serializer):
    """`address`: a browser's endpoint, FCM's registration token, APNs' device token as hex."""

    kind = serializers.ChoiceField(Device.Kind.choices)
    address = serializers.CharField(max_length=ADDRESS_LIMIT)
    keys = BrowserKeysSerializer(required=False, help_text="Of browsers only.")
    name = serializers.CharField(
        max_length=NAME_LIMIT, required=False, allow_blank=True, help_text="What lists call it."
    )
