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
    path("drafts/<uuid:draft_id>/take-back/", views.take_back_draft, name="take_back_draft"),
    path("drafts/<uuid:draft_id>/delete/", views.delete_draft, name="delete_draft"),
    path("videos/<uuid:video_id>/", views.detail, name="detail"),
    path("videos/<uuid:video_id>/status/", views.status, name="status"),
    path("videos/<uuid:video_id>/view/", views.view, name="view"),
    path("videos/<uuid:video_id>/like/", views.like, name="like"),
    path("videos/<uuid:video_id>/comments/", views.comments, name="comments"),
    path("videos/<uuid:video_id>/edit/", views.edit, name="edit"),
    path("videos/<uuid:video_id>/retry/", views.retry, name="retry"),
    path("videos/<uuid:video_id>/delete/", views.delete, name="delete"),
    path("comments/<uuid:comment_id>/delete/", views.delete_comment, name="delete_comment"),
    path("media/videos/<uuid:video_id>/<str:name>", views.media, name="media"),
]
