"""Addresses of the shop's pages."""

from django.urls import path, re_path

from commerce.views import (
    affiliates,
    dashboard,
    earning,
    group_buys,
    importing,
    profiles,
    questions,
    reviews,
    shop_settings,
    shops,
    showing,
    tags,
)

app_name = "commerce"

urlpatterns = [
    path("shop/in-videos/", tags.in_videos, name="in-videos"),
    path("shop/in-videos/<uuid:video_id>/", tags.in_video, name="in-video"),
    path("shop/videos/<uuid:video_id>/", tags.tag_products, name="tag-products"),
    path(
        "shop/videos/<uuid:video_id>/<uuid:product_id>/remove/",
        tags.untag_product,
        name="untag-product",
    ),
    path("shop/of/<str:username>/", profiles.profile_products, name="profile-products"),
    path("shops/<slug:slug>/", shops.shop, name="shop"),
    re_path(r"^media/(?P<name>shops/[\w-]+\.webp)$", shops.shop_picture, name="shop-picture"),
    path("sell/", dashboard.sell, name="sell"),
    path("sell/apply/", dashboard.sell_apply, name="sell-apply"),
    path("sell/orders.csv", dashboard.sell_orders_sheet, name="sell-orders-sheet"),
    path("sell/import/", importing.sell_import, name="sell-import"),
    path("sell/import/<uuid:import_id>/", importing.sell_import_report, name="sell-import-report"),
    path("sell/products.csv", importing.sell_products_sheet, name="sell-products-sheet"),
    path("sell/settings/", shop_settings.sell_settings, name="sell-settings"),
    path("sell/picture/", shop_settings.sell_picture, name="sell-picture"),
    path("sell/staff/", shop_settings.sell_staff, name="sell-staff"),
    path("sell/staff/<int:job_id>/", shop_settings.sell_job, name="sell-job"),
    path("sell/invitations/<int:job_id>/", shop_settings.sell_invitation, name="sell-invitation"),
    path("sell/shipping/", shop_settings.sell_shipping, name="sell-shipping"),
    path("sell/shipping/<int:zone_id>/", shop_settings.sell_zone, name="sell-zone"),
    path("sell/shipping/<int:zone_id>/rates/", shop_settings.sell_rate, name="sell-new-rate"),
    path(
        "sell/shipping/<int:zone_id>/rates/<int:rate_id>/",
        shop_settings.sell_rate,
        name="sell-rate",
    ),
    path("sell/affiliates/", affiliates.sell_affiliates, name="sell-affiliates"),
    path("sell/affiliates/invite/", affiliates.sell_invite_creator, name="sell-invite-creator"),
    path("sell/affiliates/<uuid:programme_id>/", affiliates.sell_programme, name="sell-programme"),
    path("sell/affiliates/creators/<int:member_id>/", affiliates.sell_creator, name="sell-creator"),
    path("sell/money/", affiliates.sell_money, name="sell-money"),
    path("sell/money.csv", affiliates.sell_money_sheet, name="sell-money-sheet"),
    path("shop/earn/", showing.earn, name="earn"),
    path("shop/earn/<uuid:programme_id>/", showing.programme, name="programme"),
    path("shop/showcase/", showing.showcase, name="showcase"),
    path("shop/earnings/", earning.earnings, name="earnings"),
    path("shop/earnings.csv", earning.sheet_of_earnings, name="earnings-sheet"),
    path("shop/earnings/account/", earning.payout_account, name="payout-account"),
    path("shop/payouts/<uuid:payout_id>/", earning.payout, name="payout"),
    path("shop/payouts/<uuid:payout_id>.csv", earning.sheet_of_payout, name="payout-sheet"),
    path("shop/payouts/<uuid:payout_id>.pdf", earning.paper_of_payout, name="payout-paper"),
    path("products/<uuid:product_id>/reviews/", reviews.reviews, name="reviews"),
    path("products/<uuid:product_id>/questions/", questions.questions, name="questions"),
    path(
        "products/<uuid:product_id>/together/", group_buys.start_group_buy, name="start-group-buy"
    ),
    path("shop/reviews/<uuid:review_id>/", reviews.edit_review, name="review"),
    path("shop/reviews/<uuid:review_id>/answer/", reviews.answer_review, name="answer-review"),
    re_path(r"^media/(?P<name>reviews/[\w-]+\.webp)$", reviews.review_photo, name="review-photo"),
    path(
        "shop/questions/<uuid:question_id>/answers/",
        questions.answer_question,
        name="answer-question",
    ),
    path(
        "shop/questions/<uuid:question_id>/delete/",
        questions.delete_question,
        name="delete-question",
    ),
    path("shop/answers/<uuid:answer_id>/delete/", questions.delete_answer, name="delete-answer"),
    path("shop/together/<uuid:group_id>/", group_buys.group_buy, name="group-buy"),
    path("shop/together/<uuid:group_id>/join/", group_buys.join_group_buy, name="join-group-buy"),
    path(
        "shop/together/<uuid:group_id>/leave/", group_buys.leave_group_buy, name="leave-group-buy"
    ),
    path(
        "sell/products/<uuid:product_id>/together/",
        group_buys.sell_group_buy,
        name="sell-group-buy",
    ),
]
