"""What every page of videos asks first: which video, as this person may see it."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from videos.models import Video


def find_video(request: HttpRequest, video_id: UUID) -> Video:
    """A video the viewer may see; otherwise there is none."""
    videos = Video.objects.visible_to(request.user).liked_by(request.user)
    return get_object_or_404(videos, pk=video_id)
