/* The load client: opens a room's members, says messages and times every delivery.
 *
 *     load PLAN        (the plan is written by tests/bench/load.py, which tells its format)
 *
 * Prints "ready", "measuring" and "end" as it goes, each on a line of its own, and at the end one
 * line of JSON. It waits for a line on its standard input after "ready". One thread and epoll: one
 * core carries more than half a million deliveries a second.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "plan.h"

static const uint64_t SECOND = 1000000000u;
static const uint64_t MILLISECOND = 1000000u;
static const uint64_t LONGEST_NOISE = 15000000000u;

static struct plan plan;
static struct member *members;
static size_t member_count, sender_count;
static struct member **senders; /* room by room, in turns */
static unsigned *turn;		/* of each room */
static int epoll, timer;
static uint64_t stalls, retries, late; /* `late`: the worst delay of a send behind its time */

/* Rooms with their members and senders, and what each room already holds. */
static void prepare(void)
{
	struct room *all = calloc(plan.rooms, sizeof *all);
	members = plan.members;
	member_count = plan.member_count;
	ack = *plan.ack ? plan.ack : NULL;
	senders = calloc(member_count, sizeof *senders);
	turn = calloc(plan.rooms, sizeof *turn);
	marks_begin(plan.run, all);
	for (size_t i = 0; i < member_count; i++)
		all[members[i].listener.room].members++;
	for (unsigned room = 0; room < plan.rooms; room++)
		for (unsigned i = 0; i < plan.missed; i++)
			marks_say(room, nanoseconds());
	for (size_t i = 0; i < member_count; i++)
		if (*members[i].template)
			senders[sender_count++] = &members[i];
}

/* --- Time and events -------------------------------------------------------------------------- */

/* Let connections go on until something happened or this moment is there. */
static void wait_until(uint64_t moment)
{
	struct epoll_event events[512];
	struct itimerspec due = {.it_value = {(time_t)(moment / SECOND), (long)(moment % SECOND)}};
	timerfd_settime(timer, TFD_TIMER_ABSTIME, &due, NULL); /* epoll's own knows no microseconds */
	int happened = epoll_wait(epoll, events, 512, -1);
	for (int i = 0; i < happened; i++)
		if (events[i].data.ptr)
			member_go_on(events[i].data.ptr, epoll);
}

static void tell(const char *what)
{
	printf("%s\n", what);
	fflush(stdout);
}

static size_t members_in(enum state state)
{
	size_t found = 0;
	for (size_t i = 0; i < member_count; i++)
		found += members[i].state == state;
	return found;
}

/* Who comes back with everybody else may be turned away: it tries again half a second later. */
static void come_again(void)
{
	uint64_t now = nanoseconds();
	for (size_t i = 0; i < member_count; i++) {
		struct member *member = &members[i];
		if (member->state != CLOSED || member->listener.heard)
			continue;
		if (!member->retry_at) {
			member->retry_at = now + SECOND / 2;
			retries++;
		} else if (now >= member->retry_at) {
			member->retry_at = 0;
			member_connect(member, epoll);
		}
	}
}

/* Open everybody, `plan.opening` at a time; the first of all alone, since it may make the room. */
static void open_all(void)
{
	size_t begun = 0;
	uint64_t until = nanoseconds() + (uint64_t)(plan.patience * (double)SECOND);
	while (members_in(OPEN) < member_count) {
		size_t opening = begun - members_in(OPEN);
		size_t allowed = members_in(OPEN) ? plan.opening : 1;
		if (plan.opening >= member_count)
			allowed = member_count;
		for (; begun < member_count && opening < allowed; opening++)
			member_connect(&members[begun++], epoll);
		wait_until(nanoseconds() + 20 * MILLISECOND);
		if (members_in(CLOSED) && !plan.missed)
			give_up("the server closes connections that open");
		if (members_in(CLOSED))
			come_again();
		if (nanoseconds() > until)
			give_up("not everybody was let in in time");
	}
}

/* Wait until nothing comes any more: who is there is told to everybody when many come at once. */
static void wait_for_silence(void)
{
	uint64_t until = nanoseconds() + LONGEST_NOISE, quiet_since = nanoseconds(), known = bytes_ever;
	while (nanoseconds() - quiet_since < (uint64_t)(plan.silence * (double)SECOND)) {
		wait_until(nanoseconds() + 20 * MILLISECOND);
		if (bytes_ever != known)
			quiet_since = nanoseconds();
		known = bytes_ever;
		if (nanoseconds() > until)
			return;
	}
}

/* --- Saying ----------------------------------------------------------------------------------- */

static void say_in(unsigned room, uint64_t moment)
{
	size_t in_room = sender_count / plan.rooms;
	member_say(senders[room * in_room + turn[room]++ % in_room], moment);
}

/* As many messages outstanding in each room as the window allows. */
static void fill_windows(void)
{
	for (unsigned room = 0; room < plan.rooms; room++)
		while (rooms[room].outstanding < plan.window)
			say_in(room, nanoseconds());
}

/* Every message whose time has come; the moment of the next one. */
static uint64_t say_what_is_due(uint64_t due, uint64_t until)
{
	static unsigned room;
	uint64_t now = nanoseconds();
	for (; due <= now && due < until; due += (uint64_t)((double)SECOND / plan.rate)) {
		if (now - due > late)
			late = now - due;
		say_in(room++ % plan.rooms, due); /* timed from when it was due: no omission */
	}
	return due;
}

/* A message that some never get must not stop the run for ever: its place is given free. */
static void look_for_stall(uint64_t now)
{
	static uint64_t last_heard, progress_at;
	if (count.heard != last_heard || !progress_at) {
		last_heard = count.heard;
		progress_at = now;
	} else if (now - progress_at > 2 * SECOND) {
		stalls++;
		progress_at = now;
		marks_forgive(plan.rooms);
	}
}

static void say_until(uint64_t until)
{
	static uint64_t due;
	due = due ? due : nanoseconds();
	for (uint64_t now = nanoseconds(); now < until; now = nanoseconds()) {
		uint64_t next = now + 20 * MILLISECOND;
		if (plan.window) {
			fill_windows();
			look_for_stall(now);
		} else {
			due = say_what_is_due(due, until);
			next = due < next ? due : next;
		}
		wait_until(next < until ? next : until);
	}
}

/* --- The run ---------------------------------------------------------------------------------- */

static double cpu_seconds(void)
{
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static bool is_complete(void)
{
	return count.done == count.said && (!ack || acks >= count.said);
}

static void wait_for_the_rest(void)
{
	uint64_t until = nanoseconds() + (uint64_t)(plan.settle * (double)SECOND);
	while (!is_complete() && nanoseconds() < until && members_in(OPEN) == member_count)
		wait_until(nanoseconds() + 20 * MILLISECOND);
}

/* Warm up, measure, wait for the rest; the client's own use of its core meanwhile. */
static double run(void)
{
	uint64_t begin = nanoseconds();
	measured.begin = begin + (uint64_t)(plan.warm_up * (double)SECOND);
	measured.end = measured.begin + (uint64_t)(plan.seconds * (double)SECOND);
	say_until(measured.begin);
	tell("measuring");
	double used = cpu_seconds();
	say_until(measured.end);
	used = cpu_seconds() - used;
	tell("end");
	wait_for_the_rest();
	return used / plan.seconds;
}

/* Whether all members of each room heard the same in the same order. */
static bool is_one_order(void)
{
	uint64_t *orders = calloc(plan.rooms, sizeof *orders);
	bool same = true;
	for (size_t i = 0; i < member_count; i++) {
		struct listener *who = &members[i].listener;
		if (!orders[who->room])
			orders[who->room] = who->order;
		same = same && orders[who->room] == who->order;
	}
	free(orders);
	return same;
}

static uint64_t missing(void)
{
	uint64_t expected = 0;
	for (size_t i = 0; i < member_count; i++)
		expected += rooms[members[i].listener.room].said;
	return expected - count.heard;
}

static void report(double client_cpu, double opened_in)
{
	double seconds = plan.seconds > 0 ? plan.seconds : 1;
	printf("{\"said\": %lu, \"acks\": %lu, \"heard\": %lu, \"missing\": %ld, \"incomplete\": %lu, "
	       "\"strange\": %lu, \"one_order\": %s, \"stalls\": %lu, \"closed\": %zu, "
	       "\"retries\": %lu, ",
	       count.said, acks, count.heard, (long)missing(), count.said - count.done,
	       count.strange, is_one_order() ? "true" : "false", stalls, members_in(CLOSED),
	       retries);
	printf("\"deliveries_per_s\": %.1f, \"messages_per_s\": %.1f, \"p50_ms\": %.3f, "
	       "\"p99_ms\": %.3f, \"client_cpu\": %.3f, \"late_ms\": %.3f, "
	       "\"bytes_per_delivery\": %.1f, \"opened_s\": %.3f}\n",
	       (double)count.heard_in_time / seconds, (double)count.done_in_time / seconds,
	       marks_latency(0.5), marks_latency(0.99), client_cpu, (double)late / 1e6,
	       count.heard_in_time ? (double)bytes_in_time / (double)count.heard_in_time : 0,
	       opened_in);
}

static void wait_for_go(void)
{
	char line[16];
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	while (!poll(&input, 1, 0))
		wait_until(nanoseconds() + 20 * MILLISECOND);
	if (!fgets(line, sizeof line, stdin))
		exit(0);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		give_up("usage: load PLAN");
	plan = plan_read(argv[1]);
	prepare();
	epoll = epoll_create1(0);
	timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	epoll_ctl(epoll, EPOLL_CTL_ADD, timer,
		  &(struct epoll_event){.events = EPOLLIN | EPOLLET, .data.ptr = NULL});
	uint64_t begun = nanoseconds();
	open_all();
	if (plan.missed)
		wait_for_the_rest();
	double opened_in = (double)(nanoseconds() - begun) / 1e9, client_cpu = 0;
	if (!plan.missed) {
		wait_for_silence();
		tell("ready");
		wait_for_go();
	}
	if (sender_count)
		client_cpu = run();
	report(client_cpu, opened_in);
	return 0;
}
