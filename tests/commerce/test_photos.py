"""Photos of products in several sizes: made, chosen by browsers, gone with the photo."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from commerce import copies
from commerce.actions import photos
from commerce.models import ProductPhoto

SIZES = [1080, 270, 540]


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(size=(1600, 1200)) -> ContentFile:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, "JPEG")
    return ContentFile(file.getvalue())


def widths(photo: ProductPhoto) -> list[int]:
    names = photo.files
    return [Image.open(default_storage.open(name)).width for name in names]


@pytest.fixture
def photo(mei, shirt) -> ProductPhoto:
    return photos.add_photo(mei, shirt, picture()).photos.get()


def test_a_photo_comes_in_three_sizes_and_goes_in_three(
    mei, shirt, photo, django_capture_on_commit_callbacks
):
    shirt.state = "draft"
    shirt.save()
    names = [photo.image.name, *photo.copies.values()]

    assert widths(photo) == SIZES
    assert photo.srcset.split(", ")[0].endswith("-270.webp 270w")
    with django_capture_on_commit_callbacks(execute=True):
        photos.remove_photo(mei, photo)
    assert not any(default_storage.exists(name) for name in names)


def test_lists_take_the_small_ones_and_keep_their_room(browser, api, ana, shirt, photo):
    home = browser(ana).get("/shop/").content.decode()
    told = api(ana).get(f"/api/v1/products/{shirt.pk}/").json()

    assert f'src="{photo.card_url}"' in home
    assert f"{photo.row_url} 270w" in home
    assert 'width="1080" height="1080"' in home
    assert told["picture"] == photo.card_url
    assert told["photos"][0]["row_url"] == photo.row_url
    assert browser(ana).get(photo.row_url).status_code == 200


def test_what_came_before_gets_its_copies_later(mei, shirt, photo):
    for name in photo.copies.values():
        default_storage.delete(name)
    lost = shirt.photos.create(image="products/lost.webp", width=1080, height=1080)
    ProductPhoto.objects.update(smaller=None)
    photo.refresh_from_db()
    assert photo.card_url == photo.image.url

    assert copies.make_missing(ProductPhoto) == 2
    assert copies.make_missing(ProductPhoto) == 0

    photo.refresh_from_db()
    lost = ProductPhoto.objects.get(pk=lost.pk)
    assert widths(photo) == SIZES
    assert (lost.smaller, lost.srcset) == ([], f"{lost.image.url} 1080w")
