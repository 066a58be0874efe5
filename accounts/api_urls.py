"""The accounts app's part of the REST API."""

from django.urls import path

from accounts import api

urlpatterns = [
    path("users/", api.People.as_view(), name="users"),
    path("users/<str:username>/", api.Profile.as_view(), name="user"),
    path("users/<str:username>/follow/", api.FollowDoor.as_view(), name="follow"),
    path("users/<str:username>/block/", api.BlockDoor.as_view(), name="block"),
    path("users/<str:username>/followers/", api.Followers.as_view(), name="followers"),
    path("users/<str:username>/following/", api.Following.as_view(), name="following"),
    path("me/", api.Me.as_view(), name="me"),
    path("me/avatar/", api.MyAvatar.as_view(), name="my-avatar"),
    path("me/blocks/", api.MyBlocks.as_view(), name="my-blocks"),
    path("me/followers/<str:username>/", api.FollowerDoor.as_view(), name="my-follower"),
    path("me/follow-requests/", api.FollowRequests.as_view(), name="follow-requests"),
    path("me/follow-requests/<str:username>/accept/", api.AcceptFollow.as_view(), name="accept"),
    path("me/follow-requests/<str:username>/decline/", api.DeclineFollow.as_view(), name="decline"),
    path("reports/", api.Reports.as_view(), name="reports"),
    path("socket-tickets/", api.SocketTickets.as_view(), name="socket-tickets"),
]
