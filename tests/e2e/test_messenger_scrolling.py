"""Scrolling through five thousand messages: only what is near is in the page."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.stack import Stack

MESSAGES = 5_000
IN_THE_PAGE = 240  # 200 and a page on its way

# Scrolls like a finger that does not tire, from frame to frame; answers how long each frame took.
SCROLL = """async ([step, frames]) => {
  const log = document.querySelector("[data-log]");
  const times = [];
  let most = 0, previous = await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < frames; frame += 1) {
    log.scrollTop += step;
    const now = await new Promise(requestAnimationFrame);
    times.push(now - previous);
    previous = now;
    most = Math.max(most, log.querySelectorAll("[data-seq]").length);
  }
  return { times, most };
}"""


def a_long_talk(stack: Stack) -> str:
    """A conversation of Ana and Ben with so many messages; its id."""
    title = f"Long talk {uuid4().hex[:6]}"
    program = f"""
from accounts.models import User
from chat.actions import create_group
from chat.models import Conversation, Message
ana, ben = User.objects.get(username="ana"), User.objects.get(username="ben")
group = create_group(ana, title={title!r}, members=[ben])
group.refresh_from_db()
first = group.last_seq + 1
Message.objects.bulk_create(
    Message(conversation=group, seq=seq, revision=group.revision + seq, author=[ana, ben][seq % 2],
            body=f"number {{seq}} " + "and so on " * (seq % 9))
    for seq in range(first, {MESSAGES} + 1)
)
Conversation.objects.filter(pk=group.pk).update(
    last_seq={MESSAGES}, revision=group.revision + {MESSAGES})
group.memberships.update(read_seq={MESSAGES})
print(group.pk)
"""
    return stack.do(program).split()[-1]


def seqs(page: Page) -> list[int]:
    found = page.locator("[data-list] > [data-seq]").evaluate_all(
        "items => items.map((item) => Number(item.dataset.seq))"
    )
    return [seq for seq in found if seq]


def test_five_thousand_messages_pass_with_few_in_the_page(visit: Visit, stack: Stack):
    conversation = a_long_talk(stack)
    page = visit("ana", f"/chat/{conversation}/", phone=True)
    expect(page.locator(f"#message-{MESSAGES}")).to_be_visible()

    up = page.evaluate(SCROLL, [-60, 400])
    above = seqs(page)
    down = page.evaluate(SCROLL, [80, 400])

    assert max(up["most"], down["most"]) <= IN_THE_PAGE
    assert above == list(range(above[0], above[-1] + 1))
    assert above[0] < MESSAGES - 200
    below = seqs(page)
    assert below == list(range(below[0], below[-1] + 1))
    times = sorted(up["times"] + down["times"])
    print(
        f"frames: median {times[len(times) // 2]:.1f} ms, p95 {times[len(times) * 95 // 100]:.1f}"
    )


def test_back_from_far_up_nothing_is_missing(visit: Visit, stack: Stack):
    conversation = a_long_talk(stack)
    page = visit("ana", f"/chat/{conversation}/?around=2500")
    expect(page.locator("#message-2500")).to_be_visible()

    ben = visit("ben", f"/chat/{conversation}/")
    ben.locator(".talk > .composer textarea[name=body]").fill("are you there?")
    ben.get_by_role("button", name="Send", exact=True).click()
    expect(ben.locator(".message__body", has_text="are you there?")).to_be_visible()
    page.locator("[data-jump]").click()

    expect(page.locator(".message__body", has_text="are you there?")).to_be_visible()
    here = seqs(page)
    assert here == list(range(here[0], MESSAGES + 2))
