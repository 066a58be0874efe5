"""The videos app's pages."""

from django.urls import path

from videos import views

app_name = "videos"

urlpatterns = [
    path("", views.home, name="feed"),
    path("discover/", views.discover, name="discover"),
    path("tags/<str:name>/", views.tag, name="tag"),
    path("upload/", views.upload, name="upload"),
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/<uuid:draft_id>/", views.draft, name="draft"),
    path("drafts/<uuid:draft_id>/post/", views.post_draft, name="post_draft"),
    path("drafts/<uuid:draft_id>/post/now/", views.post_draft_now, name="post_draft_now"),
    path("drafts/<uuid:draft_id>/take-back/", views.take_back_draft, name="take_back_draft"),
    path("drafts/<uuid:draft_id>/copy/", views.duplicate_draft, name="copy_draft"),
    path("drafts/<uuid:draft_id>/delete/", views.delete_draft, name="delete_draft"),
    path("videos/<uuid:video_id>/", views.detail, name="detail"),
    path("videos/<uuid:video_id>/status/", views.status, name="status"),
    path("videos/<uuid:video_id>/why/", views.why, name="why"),
    path("videos/<uuid:video_id>/less/", views.less, name="less"),
    path("settings/feed/", views.feed_settings, name="feed_settings"),
    path("videos/<uuid:video_id>/download/", views.download, name="download"),
    path("videos/<uuid:video_id>/like/", views.like, name="like"),
    path("videos/<uuid:video_id>/comments/", views.comments, name="comments"),
    path("videos/<uuid:video_id>/edit/", views.edit, name="edit"),
    path("videos/<uuid:video_id>/retry/", views.retry, name="retry"),
    path("videos/<uuid:video_id>/delete/", views.delete, name="delete"),
    path("videos/<uuid:video_id>/sound/", views.sound_of_video, name="sound_of_video"),
    path("videos/<uuid:video_id>/remixes/", views.remixes, name="remixes"),
    path("videos/<uuid:video_id>/duet/", views.duet, name="duet"),
    path("videos/<uuid:video_id>/stitch/", views.stitch, name="stitch"),
    path("videos/<uuid:video_id>/take-out/", views.take_out, name="take_out"),
    path("comments/<uuid:comment_id>/video/", views.reply_with_video, name="reply_with_video"),
    path("sounds/", views.sounds, name="sounds"),
    path("sounds/<uuid:sound_id>/", views.sound, name="sound"),
    path("sounds/<uuid:sound_id>/save/", views.save_sound, name="save_sound"),
    path("sounds/<uuid:sound_id>/use/", views.use_sound, name="use_sound"),
    path("sounds/<uuid:sound_id>/lend/", views.lend_sound, name="lend_sound"),
    path("sounds/<uuid:sound_id>/withdraw/", views.withdraw_sound, name="withdraw_sound"),
    path("media/sounds/<uuid:sound_id>/<str:name>", views.sound_media, name="sound_media"),
    path("videos/<uuid:video_id>/save/", views.save, name="save"),
    path("videos/<uuid:video_id>/keep/", views.keep, name="keep"),
    path("videos/<uuid:video_id>/repost/", views.repost, name="repost"),
    path("saved/", views.saved, name="saved"),
    path("collections/", views.collections, name="collections"),
    path("collections/<uuid:collection_id>/", views.collection, name="collection"),
    path("history/", views.history, name="history"),
    path("settings/videos/", views.video_settings, name="video_settings"),
    path("settings/comments/", views.comment_filter, name="comment_filter"),
    path("comments/<uuid:comment_id>/answers/", views.answers, name="answers"),
    path("comments/<uuid:comment_id>/delete/", views.delete_comment, name="delete_comment"),
    # After the others that begin so: it takes any word for a verb.
    path("comments/<uuid:comment_id>/<slug:verb>/", views.act_on_comment, name="act_on_comment"),
    path("videos/<uuid:video_id>/film/", views.replace_film, name="replace_film"),
    path("videos/<uuid:video_id>/film/status/", views.replacing_status, name="replacing_status"),
    path(
        "videos/<uuid:video_id>/film/take-back/", views.take_version_back, name="take_version_back"
    ),
    path("videos/<uuid:video_id>/subtitles/", views.subtitles, name="subtitles"),
    path("videos/<uuid:video_id>/subtitles/write/", views.write_subtitles, name="write_subtitles"),
    path(
        "videos/<uuid:video_id>/subtitles/<slug:language>.vtt",
        views.subtitles_file,
        name="subtitles_file",
    ),
    path(
        "videos/<uuid:video_id>/subtitles/<slug:language>/",
        views.subtitle_editor,
        name="subtitle_editor",
    ),
    path(
        "videos/<uuid:video_id>/subtitles/<slug:language>/delete/",
        views.delete_subtitles,
        name="delete_subtitles",
    ),
    path("media/videos/<uuid:video_id>/<str:name>", views.media, name="media"),
]
