"""The pages of channels and fan groups."""

from django.urls import path

from chat.views import channels, fans, hosting, replies

# Behind a conversation's own page: for those who run a channel.
about = [
    path("channel/", hosting.change, name="change_channel"),
    path("hosts/", hosting.hosts, name="hosts"),
    path("hosts/<str:username>/", hosting.change_host, name="change_host"),
    path("followers/", hosting.followers, name="followers"),
    path("followers/<str:username>/", hosting.remove_follower, name="remove_follower"),
]

# Behind a conversation: what is answered to its posts.
posts = [
    path("<int:seq>/replies/", replies.replies, name="replies"),
    path("<int:seq>/replies/<uuid:reply_id>/remove/", replies.remove_reply, name="remove_reply"),
]

urlpatterns = [
    path("chat/new/channel/", channels.new_channel, name="new_channel"),
    path("chat/new/fan-group/", fans.new_fan_group, name="new_fan_group"),
    path("channels/", channels.channels, name="channels"),
    path("channels/<str:handle>/", channels.channel, name="channel"),
    path("channels/<str:handle>/follow/", channels.follow, name="follow_channel"),
    path("channels/<str:handle>/unfollow/", channels.unfollow, name="unfollow_channel"),
    path("channels/<str:handle>/hosting/", channels.answer_hosting, name="answer_hosting"),
    path("fan-groups/<uuid:conversation_id>/", fans.fan_group, name="fan_group"),
]
