/* Everybody of a run: let in together, waited on together. */
#ifndef CROWD_H
#define CROWD_H

#include "plan.h"

#define MILLISECOND 1000000ull
#define SECOND 1000000000ull

extern uint64_t crowd_retries; /* connections that were turned away and came again */

/* Take the plan's members as the crowd; the plan stays the caller's. */
void crowd_prepare(const struct plan *plan);

/* Open everybody, as many at a time as the plan says; ends the program where that fails. */
void crowd_open(void);

/* How many are in this state. */
size_t crowd_in(enum state state);

/* Let connections go on until something happened or this moment is there. */
void crowd_wait_until(uint64_t moment);

/* Wait until nothing comes any more: who is there is told to everybody when many come at once. */
void crowd_wait_for_silence(void);

#endif
