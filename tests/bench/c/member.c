/* Connects, runs the opening script, reads and writes (see member.h). */
#define _GNU_SOURCE
#include "member.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LARGEST_MESSAGE = 4096, LARGEST_FRAME_HEAD = 8, LARGEST_OPENING = 1 << 20 };

uint64_t acks;
const char *ack;
uint64_t bytes_ever, bytes_in_time;

static char heard[1 << 18];

static void complain(const struct member *member, const char *what)
{
	static int told;
	int length = member->opening_length < 300 ? (int)member->opening_length : 300;
	if (told++ >= 5) /* a thousand that say the same tell no more */
		return;
	fprintf(stderr, "a connection %s", what);
	if (member->state == OPENING)
		fprintf(stderr, " at step %zu: %.*s", member->step, length, member->opening);
	fprintf(stderr, "\n");
}

static void fail(struct member *member, const char *what)
{
	complain(member, what);
	close(member->fd);
	member->state = CLOSED;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static void write_all(struct member *member, const char *bytes, size_t length)
{
	while (length) {
		ssize_t sent = send(member->fd, bytes, length, MSG_NOSIGNAL);
		if (sent < 0 && errno == EAGAIN) {
			struct pollfd writable = {.fd = member->fd, .events = POLLOUT};
			poll(&writable, 1, 100);
		} else if (sent < 0) {
			fail(member, strerror(errno));
			return;
		} else {
			bytes += sent;
			length -= (size_t)sent;
		}
	}
}

/* One final text frame, masked as a client must (RFC 6455, 5.2); its length. */
static size_t frame(char *to, const char *text, size_t length)
{
	static const unsigned char mask[4] = {0x5a, 0x13, 0xc4, 0x2f};
	size_t head = 0;
	to[head++] = (char)0x81;
	if (length < 126) {
		to[head++] = (char)(0x80 | length);
	} else {
		to[head++] = (char)(0x80 | 126);
		to[head++] = (char)(length >> 8);
		to[head++] = (char)(length & 255);
	}
	memcpy(to + head, mask, sizeof mask);
	head += sizeof mask;
	for (size_t i = 0; i < length; i++)
		to[head + i] = (char)(text[i] ^ mask[i & 3]);
	return head + length;
}

static void say(struct member *member, const char *text, size_t length, bool is_framed)
{
	static char framed[65536 + LARGEST_FRAME_HEAD];
	if (!length)
		return;
	if (is_framed) {
		length = frame(framed, text, length);
		text = framed;
	}
	write_all(member, text, length);
}

void member_say(struct member *member, uint64_t moment)
{
	char text[LARGEST_MESSAGE];
	size_t length = 0;
	uint32_t number = marks_say(member->listener.room, moment);
	for (const char *at = member->template; *at && length + 64 < sizeof text;) {
		if (!strncmp(at, "{mark}", 6)) {
			marks_write(text + length, number);
			length += MARK_LENGTH;
			at += 6;
		} else if (!strncmp(at, "{id}", 4)) {
			char mark[MARK_LENGTH]; /* its 16 digits make it unique */
			marks_write(mark, number);
			length += (size_t)sprintf(text + length, "%.8s-0000-4000-8000-0000%.8s",
						  mark + 3, mark + 11);
			at += 4;
		} else {
			text[length++] = *at++;
		}
	}
	say(member, text, length, member->template_is_framed);
}

/* --- Opening ---------------------------------------------------------------------------------- */

void member_connect(struct member *member, int epoll)
{
	int yes = 1;
	struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)member->port)};
	server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	member->step = member->opening_length = 0;
	member->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	setsockopt(member->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	member->state = CONNECTING;
	struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = member};
	epoll_ctl(epoll, EPOLL_CTL_ADD, member->fd, &event);
	if (connect(member->fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS)
		fail(member, strerror(errno));
}

static void say_step(struct member *member)
{
	struct step *step = &member->steps[member->step];
	say(member, step->say, step->say_length, step->is_framed);
}

static void connected(struct member *member, int epoll)
{
	int error = 0;
	socklen_t size = sizeof error;
	getsockopt(member->fd, SOL_SOCKET, SO_ERROR, &error, &size);
	if (error) {
		fail(member, strerror(error));
		return;
	}
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = member};
	epoll_ctl(epoll, EPOLL_CTL_MOD, member->fd, &event);
	member->state = OPENING;
	say_step(member);
}

static void listen_to(struct member *member, size_t length, uint64_t now);

/* Go on with the script as far as what was heard reaches; the rest is heard as an open member. */
static void advance(struct member *member)
{
	while (member->state == OPENING && member->step < member->step_count) {
		struct step *step = &member->steps[member->step];
		char *found = memmem(member->opening, member->opening_length, step->expect,
				     step->expect_length);
		if (!found)
			return;
		size_t used = (size_t)(found - member->opening) + step->expect_length;
		member->opening_length -= used;
		memmove(member->opening, member->opening + used, member->opening_length);
		if (++member->step < member->step_count)
			say_step(member);
	}
	if (member->state != OPENING)
		return;
	member->state = OPEN;
	size_t length = member->opening_length < sizeof heard ? member->opening_length : sizeof heard;
	memcpy(heard, member->opening, length);
	free(member->opening);
	member->opening = NULL;
	listen_to(member, length, nanoseconds());
}

static void read_opening(struct member *member, const char *bytes, size_t length)
{
	member->opening = realloc(member->opening, member->opening_length + length);
	memcpy(member->opening + member->opening_length, bytes, length);
	member->opening_length += length;
	if (member->opening_length > LARGEST_OPENING)
		fail(member, "never heard what it waited for");
	else
		advance(member);
}

/* --- Reading ---------------------------------------------------------------------------------- */

static void count_acks(const char *bytes, size_t length, size_t known)
{
	const char *at = bytes, *end = bytes + length;
	size_t needle = strlen(ack);
	while ((at = memmem(at, (size_t)(end - at), ack, needle))) {
		at += needle;
		acks += at > bytes + known; /* one that ends in the known part was counted then */
	}
}

/* `heard` holds the member's tail and what is new, `length` in all. */
static void listen_to(struct member *member, size_t length, uint64_t now)
{
	marks_hear(&member->listener, heard, length, now);
	if (member->counts_acks)
		count_acks(heard, length, member->tail_length);
	member->tail_length = length < sizeof member->tail ? length : sizeof member->tail;
	memcpy(member->tail, heard + length - member->tail_length, member->tail_length);
}

void member_go_on(struct member *member, int epoll)
{
	if (member->state == CLOSED) /* since epoll reported it */
		return;
	if (member->state == CONNECTING) {
		connected(member, epoll);
		return;
	}
	size_t tail = member->state == OPEN ? member->tail_length : 0;
	ssize_t got = recv(member->fd, heard + tail, sizeof heard - tail, 0);
	if (got <= 0) {
		if (got == 0 || errno != EAGAIN)
			fail(member, got ? strerror(errno) : "was closed");
		return;
	}
	bytes_ever += (uint64_t)got;
	if (member->state == OPENING) {
		read_opening(member, heard, (size_t)got);
		return;
	}
	memcpy(heard, member->tail, tail);
	uint64_t now = nanoseconds();
	if (now >= measured.begin && now < measured.end)
		bytes_in_time += (uint64_t)got;
	listen_to(member, tail + (size_t)got, now);
}
