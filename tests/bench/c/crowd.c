/* Opens and watches all connections with one epoll and one timer (see crowd.h). */
#include "crowd.h"

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>

static const uint64_t LONGEST_NOISE = 15 * SECOND;

uint64_t crowd_retries;

static const struct plan *plan;
static int epoll, timer;

void crowd_prepare(const struct plan *of)
{
	struct epoll_event tick = {.events = EPOLLIN | EPOLLET, .data.ptr = NULL};
	plan = of;
	epoll = epoll_create1(0);
	timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &tick);
}

void crowd_wait_until(uint64_t moment)
{
	struct epoll_event events[512];
	struct itimerspec due = {.it_value = {(time_t)(moment / SECOND), (long)(moment % SECOND)}};
	timerfd_settime(timer, TFD_TIMER_ABSTIME, &due, NULL); /* epoll's own knows no microseconds */
	int happened = epoll_wait(epoll, events, 512, -1);
	for (int i = 0; i < happened; i++)
		if (events[i].data.ptr)
			member_go_on(events[i].data.ptr, epoll);
}

size_t crowd_in(enum state state)
{
	size_t found = 0;
	for (size_t i = 0; i < plan->member_count; i++)
		found += plan->members[i].state == state;
	return found;
}

/* Who comes back with everybody else may be turned away: it tries again half a second later. */
static void come_again(void)
{
	uint64_t now = nanoseconds();
	for (size_t i = 0; i < plan->member_count; i++) {
		struct member *member = &plan->members[i];
		if (member->state != CLOSED || member->listener.heard)
			continue;
		if (!member->retry_at) {
			member->retry_at = now + SECOND / 2;
			crowd_retries++;
		} else if (now >= member->retry_at) {
			member->retry_at = 0;
			member_connect(member, epoll);
		}
	}
}

/* The first of all comes alone, since it may make the room. */
void crowd_open(void)
{
	size_t begun = 0;
	uint64_t until = nanoseconds() + (uint64_t)(plan->patience * (double)SECOND);
	while (crowd_in(OPEN) < plan->member_count) {
		size_t opening = begun - crowd_in(OPEN);
		size_t allowed = crowd_in(OPEN) ? plan->opening : 1;
		if (plan->opening >= plan->member_count)
			allowed = plan->member_count;
		for (; begun < plan->member_count && opening < allowed; opening++)
			member_connect(&plan->members[begun++], epoll);
		crowd_wait_until(nanoseconds() + 20 * MILLISECOND);
		if (crowd_in(CLOSED) && !plan->missed)
			give_up("the server closes connections that open");
		if (crowd_in(CLOSED))
			come_again();
		if (nanoseconds() > until)
			give_up("not everybody was let in in time");
	}
}

void crowd_wait_for_silence(void)
{
	uint64_t until = nanoseconds() + LONGEST_NOISE, quiet_since = nanoseconds(), known = bytes_ever;
	while (nanoseconds() - quiet_since < (uint64_t)(plan->silence * (double)SECOND)) {
		crowd_wait_until(nanoseconds() + 20 * MILLISECOND);
		if (bytes_ever != known)
			quiet_since = nanoseconds();
		known = bytes_ever;
		if (nanoseconds() > until)
			return;
	}
}
