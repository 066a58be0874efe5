/* One member: a connection, how it opens, what it says. Knows framing and no protocol.
 *
 * How a connection opens is a script of steps: say these bytes, go on when those were heard. What
 * it says later is a template, in which {mark} and {id} are filled in.
 */
#ifndef MEMBER_H
#define MEMBER_H

#include "marks.h"

struct step {
	bool is_framed; /* as a WebSocket text frame, else as it is */
	char *say, *expect;
	size_t say_length, expect_length;
};

enum state { UNOPENED, CONNECTING, OPENING, OPEN, CLOSED };

struct member {
	int fd;
	int port;
	uint64_t retry_at; /* a moment, for one who was turned away and may come again */
	enum state state;
	bool counts_acks;
	struct listener listener;
	struct step *steps;
	size_t step_count, step;
	char *template;
	bool template_is_framed;
	char *opening; /* what was heard while opening and not yet matched */
	size_t opening_length;
	char tail[MARK_LENGTH - 1]; /* the end of what was heard: a mark may be cut in two */
	size_t tail_length;
};

extern uint64_t acks;
extern const char *ack; /* what an ack looks like, or NULL */
extern uint64_t bytes_ever, bytes_in_time;

/* Begin to connect to 127.0.0.1; goes on in member_go_on when epoll reports the socket. */
void member_connect(struct member *member, int epoll);

/* Read or finish connecting, whatever epoll reported. */
void member_go_on(struct member *member, int epoll);

/* Say a new message, numbered as of this moment. */
void member_say(struct member *member, uint64_t moment);

#endif
