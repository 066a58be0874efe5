/* Numbers messages, counts their deliveries and keeps each delivery's latency (see marks.h). */
#include "marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct message {
	uint64_t said_at;
	unsigned room;
	unsigned heard;
};

struct count count;
struct interval measured;
struct room *rooms;

static uint32_t this_run;
static struct message *messages;
static size_t message_space;
static uint32_t *latencies; /* microseconds */
static size_t latency_count, latency_space;
static bool is_sorted;
static uint64_t forgiven; /* messages below this number are waited for no longer */

uint64_t nanoseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The array with room for one more, doubled where it was full. */
static void *with_space(void *array, size_t used, size_t *space, size_t item)
{
	if (used < *space)
		return array;
	*space = *space ? *space * 2 : 1 << 16;
	array = realloc(array, *space * item);
	if (!array) {
		fprintf(stderr, "out of memory\n");
		exit(2);
	}
	return array;
}

void marks_begin(uint32_t run, struct room *all)
{
	this_run = run;
	rooms = all;
}

uint32_t marks_say(unsigned room, uint64_t moment)
{
	messages = with_space(messages, count.said, &message_space, sizeof *messages);
	messages[count.said] = (struct message){.said_at = moment, .room = room};
	rooms[room].said++;
	rooms[room].outstanding++;
	return (uint32_t)count.said++;
}

void marks_write(char *to, uint32_t number)
{
	static const char digits[] = "0123456789abcdef";
	uint64_t mark = (uint64_t)this_run << 32 | number;
	memcpy(to, "@@T", 3);
	for (int place = MARK_LENGTH - 1; place >= 3; place--, mark >>= 4)
		to[place] = digits[mark & 15];
}

/* The mark's 64 bits; false where these are not hexadecimal digits. */
static bool read_mark(const char *digits, uint64_t *mark)
{
	uint64_t value = 0;
	for (int place = 0; place < 16; place++) {
		char digit = digits[place];
		if (digit >= '0' && digit <= '9')
			value = value << 4 | (uint64_t)(digit - '0');
		else if (digit >= 'a' && digit <= 'f')
			value = value << 4 | (uint64_t)(digit - 'a' + 10);
		else
			return false;
	}
	*mark = value;
	return true;
}

static void note_latency(uint64_t said_at, uint64_t now)
{
	latencies = with_space(latencies, latency_count, &latency_space, sizeof *latencies);
	latencies[latency_count++] = now > said_at ? (uint32_t)((now - said_at) / 1000) : 0;
}

static void hear_one(struct listener *who, uint32_t number, uint64_t now)
{
	if (number >= count.said || messages[number].room != who->room) {
		count.strange++;
		return;
	}
	struct message *message = &messages[number];
	bool in_time = now >= measured.begin && now < measured.end;
	who->heard++;
	who->order = (who->order ^ (number + 1)) * 0x9e3779b97f4a7c15u; /* order-sensitive */
	count.heard++;
	count.heard_in_time += in_time;
	if (in_time && message->said_at >= measured.begin)
		note_latency(message->said_at, now);
	if (++message->heard == rooms[who->room].members) {
		rooms[who->room].outstanding -= number >= forgiven;
		count.done++;
		count.done_in_time += in_time;
	}
}

void marks_hear(struct listener *who, const char *bytes, size_t length, uint64_t now)
{
	const char *end = bytes + length;
	/* memchr for the rare '@' is several times quicker than memmem for the whole beginning. */
	for (const char *at = bytes; at + MARK_LENGTH <= end; at++) {
		uint64_t mark;
		at = memchr(at, '@', (size_t)(end - at));
		if (!at || at + MARK_LENGTH > end)
			return;
		if (at[1] != '@' || at[2] != 'T' || !read_mark(at + 3, &mark))
			continue;
		if (mark >> 32 == this_run)
			hear_one(who, (uint32_t)mark, now);
		at += MARK_LENGTH - 1;
	}
}

void marks_forgive(unsigned room_count)
{
	forgiven = count.said;
	for (unsigned room = 0; room < room_count; room++)
		rooms[room].outstanding = 0;
}

static int by_length(const void *one, const void *other)
{
	uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
	return (a > b) - (a < b);
}

double marks_latency(double share)
{
	if (!latency_count)
		return 0;
	if (!is_sorted)
		qsort(latencies, latency_count, sizeof *latencies, by_length);
	is_sorted = true;
	size_t place = (size_t)((double)latency_count * share);
	return latencies[place < latency_count ? place : latency_count - 1] / 1000.0;
}
