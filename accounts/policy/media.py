"""What pictures and films may show where young people are (R44)."""

from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, openly


def send_revealing(*, reaches_minor: bool) -> Refusal | None:
    """R44: nakedness is sent neither to nor by anybody under 18; `reaches_minor` says whether any
    of those who would have it, the sender included, is. The sentence tells nobody's age."""
    if reaches_minor:
        return openly(
            "R44",
            _(
                "This looks like nudity, which cannot be sent here. If somebody asks you for such"
                " pictures, report them: you did nothing wrong."
            ),
        )
    return None
