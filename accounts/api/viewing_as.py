"""One's own profile as others see it, by REST."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import viewing_as
from accounts.models import User, standing_between
from accounts.requests import SignedInApiRequest
from accounts.serializers import ProfileSerializer

_WHO = OpenApiParameter(
    "who",
    str,
    OpenApiParameter.PATH,
    description=f"One of {', '.join(viewing_as.KINDS)}, or @ben for who stands as Ben does.",
)


class ViewAs(APIView):
    """The profile with the eyes of somebody else."""

    @extend_schema(parameters=[_WHO], responses=ProfileSerializer)
    def get(self, request: SignedInApiRequest, who: str) -> Response:
        """What they get of it; of somebody named only what ties them to the person counts."""
        person = User.objects.with_counts().get(pk=request.user.pk)
        with viewing_as.viewer(request.user, who) as viewer:
            standing = standing_between(viewer, person)
            return Response(ProfileSerializer(person, context={"standing": standing}).data)
