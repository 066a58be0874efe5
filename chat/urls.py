"""The chat app's pages."""

from django.urls import include, path

from chat import channel_urls, views
from chat.views import (
    collections,
    group_members,
    group_settings,
    joining,
    own,
    reminders,
    scheduling,
    stickers,
    timing,
    watching,
)

app_name = "chat"

# A conversation's own page, and those of a group behind it.
about = [
    path("", views.info, name="info"),
    path("settings/", own.own_settings, name="own_settings"),
    path("names/", own.own_people, name="own_people"),
    path("names/<str:username>/", own.own_person, name="own_person"),
    path("library/", own.library, name="library"),
    path("picture/", views.set_group_picture, name="set_picture"),
    path("people/", views.add_people, name="add_people"),
    path("people/<str:username>/role/", group_members.give_role, name="give_role"),
    path("people/<str:username>/silence/", group_members.silence, name="silence"),
    path("people/<str:username>/owner/", group_members.hand_over, name="hand_over"),
    path("people/<str:username>/remove/", group_members.remove_person, name="remove_person"),
    path("people/<str:username>/ban/", group_members.ban, name="ban"),
    path("members/", group_members.members, name="members"),
    path("banned/", group_members.banned, name="banned"),
    path("banned/<str:username>/lift/", group_members.lift_ban, name="lift_ban"),
    path("manage/", group_settings.manage, name="manage"),
    path("manage/rights/", group_settings.set_rights, name="set_rights"),
    path("manage/slow/", group_settings.set_slow_mode, name="set_slow_mode"),
    path("manage/freeze/", group_settings.freeze, name="freeze"),
    path("manage/quiet/", group_settings.set_quiet_hours, name="set_quiet_hours"),
    path("manage/joining/", group_settings.set_joining, name="set_joining"),
    path("manage/join-rules/", group_settings.set_join_rules, name="set_join_rules"),
    path("links/", joining.links, name="links"),
    path("links/<uuid:invite_id>/withdraw/", joining.withdraw_link, name="withdraw_link"),
    path("waiting/", joining.waiting, name="waiting"),
    path("waiting/<str:username>/", joining.answer, name="answer_request"),
    *channel_urls.about,
]

# What an invite link opens.
link = [
    path("", joining.join, name="join"),
    path("withdraw/", joining.withdraw, name="withdraw_request"),
    path("picture/", joining.join_picture, name="join_picture"),
    path("code.svg", joining.join_code, name="join_code"),
]

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/requests/", views.requests_tray, name="requests"),
    path("inbox/folders/", own.folders, name="folders"),
    path("inbox/folders/<uuid:folder_id>/", own.folder, name="folder"),
    path("chat/unread/", views.unread, name="unread"),
    path("chat/new/", views.new_conversation, name="new"),
    path("chat/new/people/", views.people, name="people"),
    *channel_urls.urlpatterns,
    path("chat/<uuid:conversation_id>/posts/", include(channel_urls.posts)),
    path("chat/with/<str:username>/", views.direct_with, name="with"),
    path("chat/<uuid:conversation_id>/", views.conversation, name="conversation"),
    path("chat/<uuid:conversation_id>/history/", views.history, name="history"),
    path("chat/<uuid:conversation_id>/pins/", views.pins, name="pins"),
    path("chat/<uuid:conversation_id>/forward/", views.forward, name="forward"),
    path("chat/<uuid:conversation_id>/thread/<int:seq>/", views.thread, name="thread"),
    path("chat/<uuid:conversation_id>/message/<int:seq>/", views.message, name="message"),
    path(
        "chat/<uuid:conversation_id>/message/<int:seq>/<str:part>/",
        views.message_part,
        name="message_part",
    ),
    path("chat/<uuid:conversation_id>/accept/", views.accept, name="accept"),
    path("chat/<uuid:conversation_id>/decline/", views.decline, name="decline"),
    path("chat/<uuid:conversation_id>/info/", include(about)),
    path("chat/<uuid:conversation_id>/picture/<str:name>", views.group_picture, name="picture"),
    path("join/<str:token>/", include(link)),
    path("chat/<uuid:conversation_id>/polls/", views.list_polls, name="polls"),
    path("chat/<uuid:conversation_id>/polls/new/", views.new_poll, name="new_poll"),
    path("chat/<uuid:conversation_id>/polls/<int:seq>/vote/", views.vote, name="vote"),
    path(
        "chat/<uuid:conversation_id>/polls/<int:seq>/options/",
        views.add_option,
        name="poll_options",
    ),
    path("chat/<uuid:conversation_id>/polls/<int:seq>/close/", views.close_poll, name="close_poll"),
    path("chat/<uuid:conversation_id>/polls/<int:seq>/voters/", views.voters, name="voters"),
    path("chat/<uuid:conversation_id>/watch/", watching.start_watching, name="start_watching"),
    path("chat/<uuid:conversation_id>/watch/choose/", watching.choose_video, name="choose_video"),
    path("chat/<uuid:conversation_id>/collection/", collections.collection, name="collection"),
    path(
        "chat/<uuid:conversation_id>/collection/play/",
        collections.play_collection,
        name="play_collection",
    ),
    path(
        "chat/<uuid:conversation_id>/collection/<uuid:video_id>/remove/",
        collections.uncollect,
        name="uncollect",
    ),
    path("chat/stickers/", stickers.stickers, name="stickers"),
    path("chat/stickers/<uuid:sticker_id>/", stickers.sticker, name="sticker"),
    path("chat/scheduled/", scheduling.all_scheduled, name="all_scheduled"),
    path("chat/scheduled/<uuid:scheduled_id>/", scheduling.edit_scheduled, name="edit_scheduled"),
    path(
        "chat/scheduled/<uuid:scheduled_id>/cancel/",
        scheduling.cancel_scheduled,
        name="cancel_scheduled",
    ),
    path(
        "chat/scheduled/<uuid:scheduled_id>/send/",
        scheduling.send_scheduled,
        name="send_scheduled",
    ),
    path("chat/reminders/", reminders.reminders, name="reminders"),
    path("chat/reminders/<uuid:reminder_id>/", reminders.move_reminder, name="move_reminder"),
    path(
        "chat/reminders/<uuid:reminder_id>/done/",
        reminders.finish_reminder,
        name="finish_reminder",
    ),
    path("chat/<uuid:conversation_id>/scheduled/", scheduling.scheduled, name="scheduled"),
    path("chat/<uuid:conversation_id>/timer/", timing.set_timer, name="set_timer"),
    path("chat/<uuid:conversation_id>/streaks/", timing.set_streaks, name="set_streaks"),
    path("chat/<uuid:conversation_id>/leave/", views.leave, name="leave"),
    path("share/video/<uuid:video_id>/watch/", watching.watch_with, name="watch_with"),
    path("share/video/<uuid:video_id>/save/", collections.save_to, name="save_to"),
    path("share/<str:kind>/<uuid:object_id>/", views.share, name="share"),
]
