"""The page about a code with which REST says no: where `type` of a problem leads."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from config.problems import codes, title_of

# What an app does about it, by the status.
ADVICE: dict[int, Promise] = {
    400: _("Mend what “field” and “pointer” name, and send it again."),
    401: _("Sign in, or renew the token, and ask again."),
    403: _("A rule says no. Show the sentence; asking again changes nothing until it is met."),
    404: _("It is not there, or not for this person. Take it out of what is shown."),
    405: _("This address takes other methods: “Allow” names them."),
    406: _("Ask for application/json, or for what the documents name here."),
    409: _("Something happened meanwhile. Read it again, show what is there, and let them decide."),
    410: _("It is gone for good. Begin anew."),
    412: _("It is another by now. Read it again, and send the change with the new “ETag”."),
    413: _("Send less at once."),
    415: _("Send the body as a type that the documents name here."),
    423: _("It is in use elsewhere. Ask again in a few seconds."),
    429: _("Wait as many seconds as “Retry-After” says, then ask again."),
    451: _("It is off where this person is. Hide it, and ask the capabilities now and then."),
    460: _("Send the same piece again."),
    500: _("This is our fault. Ask again later, and tell us if it stays so."),
    503: _("Nothing was done. Ask again after a moment, under the same “Idempotency-Key”."),
    507: _("There is no room for files. Wait as many seconds as “Retry-After” says, then go on."),
}
ANY = _("Show the sentence to the person.")

_BLANK = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w+\}")


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The sentences of a code, its statuses, and what to do; 404 for one that nobody says."""
    told = codes().get(code)
    if told is None:
        raise Http404
    context = {
        "code": code,
        "sentences": [_BLANK.sub("…", gettext(each)) for each in told["sentences"]],
        "answers": [(f"{each} {title_of(each)}", ADVICE[each]) for each in told["statuses"]],
        "advice": ANY,
    }
    return render(request, "problem.html", context)
