"""Addresses of the shop in REST."""

from django.urls import path

from commerce.api import group_buys, reviews

urlpatterns = [
    path("products/<uuid:product_id>/reviews/", reviews.Reviews.as_view(), name="reviews"),
    path("products/<uuid:product_id>/questions/", reviews.Questions.as_view(), name="questions"),
    path("shop/reviews/<uuid:review_id>/", reviews.OneReview.as_view(), name="review"),
    path("shop/reviews/<uuid:review_id>/answer/", reviews.ReviewAnswer.as_view()),
    path("shop/questions/<uuid:question_id>/", reviews.OneQuestion.as_view()),
    path("shop/questions/<uuid:question_id>/answers/", reviews.Answers.as_view()),
    path("shop/answers/<uuid:answer_id>/", reviews.OneAnswer.as_view()),
    path("group-buys/", group_buys.GroupBuys.as_view(), name="group-buys"),
    path("group-buys/<uuid:group_id>/", group_buys.OneGroupBuy.as_view(), name="group-buy"),
    path("group-buys/<uuid:group_id>/place/", group_buys.OwnPlace.as_view()),
    path("sell/products/<uuid:product_id>/group-offer/", group_buys.GroupOffer.as_view()),
]
