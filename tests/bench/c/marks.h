/* What was said and who has heard it.
 *
 * Every message carries a mark in its body, "@@T" and 16 hexadecimal digits: 8 for the run, 8 for
 * the message's number in it. Marks are counted in the stream as it comes, whatever protocol wraps
 * them, so that every server is measured by the same code. A mark of another run is not ours.
 */
#ifndef MARKS_H
#define MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MARK_LENGTH = 19 };

/* One who hears: `order` is a fingerprint of the numbers heard, in their order. */
struct listener {
	unsigned room;
	uint64_t heard;
	uint64_t order;
};

/* The messages of one room: how many were said, and for how many of them it still waits. */
struct room {
	unsigned members;
	uint64_t said;
	uint64_t outstanding;
};

/* Between these moments (nanoseconds of the monotonic clock) deliveries count for the figures. */
struct interval {
	uint64_t begin, end;
};

/* Everything counted in one run. */
struct count {
	uint64_t said, done, heard;
	uint64_t heard_in_time; /* deliveries within the interval */
	uint64_t done_in_time;	/* messages whose last delivery was within the interval */
	uint64_t strange;	/* marks of this run for a message that was never said in that room */
};

extern struct count count;
extern struct interval measured;
extern struct room *rooms;

uint64_t nanoseconds(void);
void marks_begin(uint32_t run, struct room *rooms);

/* Number a new message of the room, said (or due) at this moment; its number. */
uint32_t marks_say(unsigned room, uint64_t moment);

/* Write the mark of a message: MARK_LENGTH characters and no zero. */
void marks_write(char *to, uint32_t number);

/* Count the marks in these bytes. */
void marks_hear(struct listener *who, const char *bytes, size_t length, uint64_t now);

/* Wait no longer for what was said so far; whoever gets it later is counted all the same. */
void marks_forgive(unsigned room_count);

/* The latency, in milliseconds, that this share (0 to 1) of the measured deliveries stay within;
 * 0 where nothing was measured. Sorts, so call it when the run is over. */
double marks_latency(double share);

#endif
