/* What a run is to do: read from the file that tests/bench/load.py writes. */
#ifndef PLAN_H
#define PLAN_H

#include "member.h"

struct plan {
	unsigned run;	  /* tells this run's marks from another's */
	unsigned rooms;
	unsigned window;  /* messages outstanding in each room; 0: `rate` rules */
	double rate;	  /* messages a second in all */
	unsigned missed;  /* messages that each room already holds and each member is to get */
	unsigned opening; /* connections that may be opening at a time */
	double warm_up, seconds; /* how long to speak before and while it is measured */
	double patience;  /* seconds for all to be let in */
	double silence;	  /* seconds without a byte before anything is said */
	double settle;	  /* seconds for what was said last to be heard */
	char ack[64];	  /* what an ack looks like in the stream; empty where there is none */
	struct member *members;
	size_t member_count;
};

/* The plan in this file; ends the program with a sentence where it cannot be read. */
struct plan plan_read(const char *path);

/* End the program with this sentence. */
_Noreturn void give_up(const char *why);

#endif
