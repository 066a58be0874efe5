"""Addresses of the shop in REST."""

from django.urls import path

from commerce.api import affiliates, earning, group_buys, reviews, tags

urlpatterns = [
    path("videos/products/", tags.TaggedVideos.as_view(), name="videos-products"),
    path("videos/<uuid:video_id>/products/", tags.VideoProducts.as_view(), name="video-products"),
    path("videos/<uuid:video_id>/products/<uuid:product_id>/", tags.VideoProduct.as_view()),
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
    path("me/earnings/", earning.Earnings.as_view(), name="earnings"),
    path("me/earnings.csv", earning.EarningsSheet.as_view()),
    path("me/payouts/", earning.Payouts.as_view(), name="payouts"),
    path("me/payouts/<uuid:payout_id>.csv", earning.PayoutStatement.as_view()),
    path("me/payouts/<uuid:payout_id>.pdf", earning.PayoutPaper.as_view()),
    path("me/payout-account/", earning.Account.as_view(), name="payout-account"),
    path("me/programmes/", earning.Programmes.as_view(), name="programmes"),
    path("me/programmes/<uuid:programme_id>/", earning.ProgrammePart.as_view()),
    path("me/showcase/", earning.Showcase.as_view(), name="showcase"),
    path("me/showcase/<uuid:product_id>/", earning.ShowcaseProduct.as_view()),
    path("sell/money/", affiliates.ShopMoney.as_view(), name="sell-money"),
    path("sell/money.csv", affiliates.ShopMoneySheet.as_view()),
    path("sell/payouts/", affiliates.ShopPayouts.as_view()),
    path("sell/programmes/", affiliates.ShopProgrammes.as_view(), name="sell-programmes"),
    path("sell/programmes/<uuid:programme_id>/", affiliates.ShopProgramme.as_view()),
    path("sell/programmes/<uuid:programme_id>/creators/", affiliates.ShopCreators.as_view()),
    path("sell/creators/<int:member_id>/", affiliates.ShopCreator.as_view()),
]
