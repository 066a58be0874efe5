"""Views that do nothing, behind the middleware that all views are behind: what an answer costs."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config import urls

SAID = {"results": [{"id": number, "name": "somebody"} for number in range(20)], "next": None}


def django_view(_request: HttpRequest) -> JsonResponse:
    """Twenty small objects."""
    return JsonResponse(SAID)


class RestView(APIView):
    """The same by Django REST framework, to whoever is signed in."""

    def get(self, _request: Request) -> Response:
        return Response(SAID)


urlpatterns = [
    path("bare/django/", django_view),
    path("bare/rest/", RestView.as_view()),
    *urls.urlpatterns,
]
