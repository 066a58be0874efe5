"""Addresses of the shop's pages."""

from django.urls import path, re_path

from commerce.views import dashboard, shop_settings, shops

app_name = "commerce"

urlpatterns = [
    path("shops/<slug:slug>/", shops.shop, name="shop"),
    re_path(r"^media/(?P<name>shops/[\w-]+\.webp)$", shops.shop_picture, name="shop-picture"),
    path("sell/", dashboard.sell, name="sell"),
    path("sell/apply/", dashboard.sell_apply, name="sell-apply"),
    path("sell/orders.csv", dashboard.sell_orders_sheet, name="sell-orders-sheet"),
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
]
