"""The shapes of media: uploads, what messages show, stickers."""

from rest_framework import serializers

from chat.models.media import ALT_LIMIT, Media

# A sticker is made of a picture at a door of its own.
UPLOADED = [(kind.value, kind.label) for kind in Media.Kind if kind != Media.Kind.STICKER]


class MediaSerializer(serializers.Serializer):
    """One thing that a message shows; its addresses answer only those who may see the message."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Media.Kind.choices)
    url = serializers.CharField()
    thumb = serializers.CharField(help_text="Smaller, of pictures and films; may be empty.")
    blur = serializers.CharField(help_text="A data: URI to show until the picture is there.")
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    seconds = serializers.FloatField()
    waveform = serializers.ListField(child=serializers.IntegerField(), help_text="0 to 100.")
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    alt = serializers.CharField(help_text="For whoever cannot see it.")
    sticker = serializers.UUIDField(required=False, help_text="Of a sticker: which one.")


class NewUploadSerializer(serializers.Serializer):
    """A file to be sent later (multipart)."""

    file = serializers.FileField(allow_empty_file=True)
    kind = serializers.ChoiceField(choices=UPLOADED)
    alt = serializers.CharField(required=False, default="", allow_blank=True, max_length=ALT_LIMIT)


class AltSerializer(serializers.Serializer):
    alt = serializers.CharField(allow_blank=True, max_length=ALT_LIMIT)


class UploadSerializer(serializers.Serializer):
    """How an upload stands; `code` and `detail` where it was refused, `media` once it is ready."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Media.Kind.choices)
    state = serializers.ChoiceField(choices=Media.State.choices)
    code = serializers.CharField()
    detail = serializers.CharField()
    media = MediaSerializer(allow_null=True)


class StickerSerializer(MediaSerializer):
    """A sticker as one person sees it."""

    is_mine = serializers.BooleanField(help_text="Made by the asking person.")
    is_published = serializers.BooleanField()


class NewStickerSerializer(serializers.Serializer):
    """A picture (multipart), or `sticker`, the id of one that one sees somewhere."""

    file = serializers.FileField(required=False)
    sticker = serializers.UUIDField(required=False)
    alt = serializers.CharField(required=False, default="", allow_blank=True, max_length=ALT_LIMIT)


class PublishSerializer(serializers.Serializer):
    published = serializers.BooleanField()
