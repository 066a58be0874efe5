"""What somebody decides about videos once and for all, by REST."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from videos import actions
from videos.serializers import VideoSettingsSerializer


class OwnVideoSettings(APIView):
    """How one's videos begin, and whether sensitive ones are covered."""

    @extend_schema(responses=VideoSettingsSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """As the person decided, or as it is at their age."""
        return Response(VideoSettingsSerializer(actions.video_settings_of(request.user)).data)

    @extend_schema(request=VideoSettingsSerializer, responses=VideoSettingsSerializer)
    def patch(self, request: SignedInApiRequest) -> Response:
        """Change them; 403 (policy.R5, label.adults_only). What is posted stays as it is."""
        parsed = VideoSettingsSerializer(data=request.data, partial=True)
        parsed.is_valid(raise_exception=True)
        kept = actions.change_video_settings(request.user, **parsed.validated_data)
        return Response(VideoSettingsSerializer(kept).data)
