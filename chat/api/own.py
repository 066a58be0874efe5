"""The REST door to a person's own settings of a conversation, and to their folders."""

from typing import Any
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions
from chat.api.base import ChatView, person
from chat.cards import personal as personal_cards
from chat.models import Folder
from chat.serializers import own as shapes


class OwnSettings(ChatView):
    """How the person keeps one conversation; nobody else learns of it."""

    @extend_schema(responses=shapes.OwnSettingsSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Their settings of it."""
        return self.answer(pk)

    @extend_schema(request=shapes.ChangeSettingsSerializer, responses=shapes.OwnSettingsSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Pin, put away, mute, mark, decide what is told and how it looks: all or nothing."""
        with transaction.atomic():
            self.change(pk, self.read(shapes.ChangeSettingsSerializer))
        return self.answer(pk)

    def change(self, pk: UUID, wanted: dict[str, Any]) -> None:
        if "pinned" in wanted:
            actions.pin_conversation(self.actor, pk, pinned=wanted.pop("pinned"))
        if "archived" in wanted:
            actions.archive(self.actor, pk, archived=wanted.pop("archived"))
        if "muted" in wanted:
            actions.mute(self.actor, pk, span=wanted.pop("muted"))
        if "unread" in wanted:
            actions.mark_conversation(self.actor, pk, unread=wanted.pop("unread"))
        actions.change_settings(self.actor, pk, **wanted)

    def answer(self, pk: UUID) -> Response:
        membership = actions.own_part(self.actor, pk)
        return Response(personal_cards.settings_card(membership))


class Nickname(OwnSettings):
    """What the person calls somebody in a conversation."""

    http_method_names = ["put", "options"]

    @extend_schema(request=shapes.NicknameSerializer, responses=shapes.OwnSettingsSerializer)
    def put(self, request: Request, pk: UUID, username: str) -> Response:
        """Call them so; an empty name gives their own back."""
        name = self.read(shapes.NicknameSerializer)["name"]
        actions.nickname(self.actor, pk, person(username), name=name)
        return self.answer(pk)


class Hushed(OwnSettings):
    """Whether a member's messages are silent for the person (R16)."""

    http_method_names = ["put", "delete", "options"]

    @extend_schema(request=None, responses=shapes.OwnSettingsSerializer)
    def put(self, request: Request, pk: UUID, username: str) -> Response:
        """Silence them, here and for oneself alone."""
        actions.hush(self.actor, pk, person(username), hushed=True)
        return self.answer(pk)

    @extend_schema(responses=shapes.OwnSettingsSerializer)
    def delete(self, request: Request, pk: UUID, username: str) -> Response:
        """Hear them again."""
        actions.hush(self.actor, pk, person(username), hushed=False)
        return self.answer(pk)


class Folders(ChatView):
    """The person's folders."""

    @extend_schema(responses=shapes.FoldersSerializer)
    def get(self, request: Request) -> Response:
        """In their order, each with the conversations in it."""
        folders = Folder.objects.filter(owner=self.actor).prefetch_related("memberships")
        return Response({"results": [_folder(folder) for folder in folders]})

    @extend_schema(request=shapes.FolderNameSerializer, responses={201: shapes.FolderSerializer})
    def post(self, request: Request) -> Response:
        """Make one; at most twenty."""
        name = self.read(shapes.FolderNameSerializer)["name"]
        folder = actions.make_folder(self.actor, name=name)
        return Response(_folder(folder), status.HTTP_201_CREATED)


class FolderDoor(ChatView):
    """One folder."""

    @extend_schema(request=shapes.ChangeFolderSerializer, responses=shapes.FolderSerializer)
    def patch(self, request: Request, folder_id: UUID) -> Response:
        """Rename it, move it, or say what lies in it: all or nothing."""
        wanted = self.read(shapes.ChangeFolderSerializer)
        with transaction.atomic():
            if "name" in wanted:
                actions.rename_folder(self.actor, folder_id, name=wanted["name"])
            if "place" in wanted:
                actions.move_folder(self.actor, folder_id, place=wanted["place"])
            if "conversations" in wanted:
                actions.fill_folder(self.actor, folder_id, wanted["conversations"])
        return Response(_folder(actions.own_folder(self.actor, folder_id)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, folder_id: UUID) -> Response:
        """Its conversations stay where they were."""
        actions.drop_folder(self.actor, folder_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class FolderConversation(ChatView):
    """Whether a conversation lies in a folder."""

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, folder_id: UUID, pk: UUID) -> Response:
        """Put it in."""
        actions.file_conversation(self.actor, folder_id, pk, inside=True)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, folder_id: UUID, pk: UUID) -> Response:
        """Take it out."""
        actions.file_conversation(self.actor, folder_id, pk, inside=False)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _folder(folder: Folder) -> dict[str, Any]:
    return {
        "id": str(folder.pk),
        "name": folder.name,
        "position": folder.position,
        "conversations": [str(part.conversation_id) for part in folder.memberships.all()],
    }
