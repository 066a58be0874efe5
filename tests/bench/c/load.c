/* The load client: opens a room's members, says messages and times every delivery.
 *
 *     load PLAN        (the plan is written by tests/bench/load.py; plan.c tells its format)
 *
 * Prints "ready", "measuring" and "end" as it goes, each on a line of its own, and at the end one
 * line of JSON. It waits for a line on its standard input after "ready". One thread and epoll: one
 * core carries more than half a million deliveries a second.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "crowd.h"

static struct plan plan;
static size_t sender_count;
static struct member **senders; /* room by room, in turns */
static unsigned *turn;		/* of each room */
static uint64_t stalls, late; /* `late`: the worst delay of a send behind its time */

/* Rooms with their members and senders, and what each room already holds. */
static void prepare(void)
{
	struct room *all = calloc(plan.rooms, sizeof *all);
	ack = *plan.ack ? plan.ack : NULL;
	senders = calloc(plan.member_count, sizeof *senders);
	turn = calloc(plan.rooms, sizeof *turn);
	marks_begin(plan.run, all);
	for (size_t i = 0; i < plan.member_count; i++)
		all[plan.members[i].listener.room].members++;
	for (unsigned room = 0; room < plan.rooms; room++)
		for (unsigned i = 0; i < plan.missed; i++)
			marks_say(room, nanoseconds());
	for (size_t i = 0; i < plan.member_count; i++)
		if (*plan.members[i].template)
			senders[sender_count++] = &plan.members[i];
}

static void tell(const char *what)
{
	printf("%s\n", what);
	fflush(stdout);
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
		crowd_wait_until(next < until ? next : until);
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
	while (!is_complete() && nanoseconds() < until && crowd_in(OPEN) == plan.member_count)
		crowd_wait_until(nanoseconds() + 20 * MILLISECOND);
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
	for (size_t i = 0; i < plan.member_count; i++) {
		struct listener *who = &plan.members[i].listener;
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
	for (size_t i = 0; i < plan.member_count; i++)
		expected += rooms[plan.members[i].listener.room].said;
	return expected - count.heard;
}

static void report(double client_cpu, double opened_in)
{
	double seconds = plan.seconds > 0 ? plan.seconds : 1;
	printf("{\"said\": %lu, \"acks\": %lu, \"heard\": %lu, \"missing\": %ld, \"incomplete\": %lu, "
	       "\"strange\": %lu, \"one_order\": %s, \"stalls\": %lu, \"closed\": %zu, "
	       "\"retries\": %lu, ",
	       count.said, acks, count.heard, (long)missing(), count.said - count.done,
	       count.strange, is_one_order() ? "true" : "false", stalls, crowd_in(CLOSED),
	       crowd_retries);
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
		crowd_wait_until(nanoseconds() + 20 * MILLISECOND);
	if (!fgets(line, sizeof line, stdin))
		exit(0);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		give_up("usage: load PLAN");
	plan = plan_read(argv[1]);
	prepare();
	crowd_prepare(&plan);
	uint64_t begun = nanoseconds();
	crowd_open();
	if (plan.missed)
		wait_for_the_rest();
	double opened_in = (double)(nanoseconds() - begun) / 1e9, client_cpu = 0;
	if (!plan.missed) {
		crowd_wait_for_silence();
		tell("ready");
		wait_for_go();
	}
	if (sender_count)
		client_cpu = run();
	report(client_cpu, opened_in);
	return 0;
}
