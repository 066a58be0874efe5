/* The floor: what fan-out costs when nothing else is done.
 *
 *     fanout PORT
 *
 * Every WebSocket frame that somebody sends is written, unmasked, to everybody connected at the same
 * path, the sender included: one send() for each. Nothing is parsed, checked or stored, and nobody
 * but the load client is served: it sends small whole frames and reads what it gets.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 65536, MOST_ROOMS = 256, LARGEST_READ = 1 << 16, LARGEST_PATH = 64 };

/* The answer to the load client's one key (the example of RFC 6455, 1.3). */
static const char ACCEPTED[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
			       "Connection: Upgrade\r\n"
			       "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

struct room {
	char path[LARGEST_PATH];
	int *members;
	size_t count, space;
};

struct connection {
	struct room *room; /* NULL before the handshake */
	char *rest;	   /* the beginning of a frame whose end has not come */
	size_t rest_length;
};

static struct room rooms[MOST_ROOMS];
static size_t room_count;
static struct connection connections[MOST_CONNECTIONS]; /* by descriptor */

static struct room *room_at(const char *path)
{
	for (size_t i = 0; i < room_count; i++)
		if (!strcmp(rooms[i].path, path))
			return &rooms[i];
	if (room_count == MOST_ROOMS)
		exit(2);
	strcpy(rooms[room_count].path, path);
	return &rooms[room_count++];
}

static void enter(struct room *room, int member)
{
	if (room->count == room->space) {
		room->space = room->space ? room->space * 2 : 64;
		room->members = realloc(room->members, room->space * sizeof *room->members);
	}
	room->members[room->count++] = member;
}

static void leave(int member)
{
	struct room *room = connections[member].room;
	for (size_t i = 0; room && i < room->count; i++)
		if (room->members[i] == member)
			room->members[i] = room->members[--room->count];
	free(connections[member].rest);
	connections[member] = (struct connection){0};
	close(member);
}

static void write_all(int to, const char *bytes, size_t length)
{
	while (length) {
		ssize_t sent = send(to, bytes, length, MSG_NOSIGNAL);
		if (sent < 0 && errno == EAGAIN) {
			struct pollfd writable = {.fd = to, .events = POLLOUT};
			poll(&writable, 1, 100);
		} else if (sent < 0) {
			return; /* its end will be read */
		} else {
			bytes += sent;
			length -= (size_t)sent;
		}
	}
}

static void shake_hands(int member, const char *request)
{
	char path[LARGEST_PATH] = "";
	if (sscanf(request, "GET %63s", path) != 1) {
		leave(member);
		return;
	}
	connections[member].room = room_at(path);
	enter(connections[member].room, member);
	write_all(member, ACCEPTED, sizeof ACCEPTED - 1);
}

/* Tell one masked frame to the room; how many bytes it took, 0 where its end has not come. */
static size_t tell_frame(struct room *room, unsigned char *bytes, size_t available)
{
	static char told[LARGEST_READ + 8];
	size_t head = 2, out = 0;
	if (available < 8)
		return 0;
	size_t length = bytes[1] & 127;
	if (length == 126) {
		length = (size_t)bytes[2] << 8 | bytes[3];
		head = 4;
	}
	if (available < head + 4 + length)
		return 0;
	told[out++] = (char)bytes[0];
	for (size_t i = 1; i < head; i++)
		told[out++] = (char)(i == 1 ? bytes[1] & 127 : bytes[i]);
	for (size_t i = 0; i < length; i++)
		told[out++] = (char)(bytes[head + 4 + i] ^ bytes[head + (i & 3)]);
	for (size_t i = 0; i < room->count; i++)
		write_all(room->members[i], told, out);
	return head + 4 + length;
}

static void keep_rest(struct connection *connection, const unsigned char *bytes, size_t length)
{
	free(connection->rest);
	connection->rest = length ? malloc(length) : NULL;
	connection->rest_length = length;
	if (length)
		memcpy(connection->rest, bytes, length);
}

static void serve(int member)
{
	static unsigned char bytes[2 * LARGEST_READ];
	struct connection *connection = &connections[member];
	size_t length = connection->rest_length, told = 0, used;
	if (length)
		memcpy(bytes, connection->rest, length);
	ssize_t got = recv(member, bytes + length, LARGEST_READ - 1, 0);
	if (got <= 0) {
		if (got == 0 || errno != EAGAIN)
			leave(member);
		return;
	}
	length += (size_t)got;
	if (!connection->room) {
		bytes[length] = 0;
		shake_hands(member, (char *)bytes);
		return;
	}
	while ((used = tell_frame(connection->room, bytes + told, length - told)))
		told += used;
	keep_rest(connection, bytes + told, length - told);
}

static int listening(int port)
{
	int yes = 1, server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(server, (struct sockaddr *)&here, sizeof here) || listen(server, 4096)) {
		perror("fanout");
		exit(2);
	}
	return server;
}

static void let_in(int epoll, int server)
{
	int yes = 1, member = accept4(server, NULL, NULL, SOCK_NONBLOCK);
	if (member < 0 || member >= MOST_CONNECTIONS)
		return;
	setsockopt(member, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	struct epoll_event event = {.events = EPOLLIN, .data.fd = member};
	epoll_ctl(epoll, EPOLL_CTL_ADD, member, &event);
}

int main(int argc, char **argv)
{
	int server = listening(argc > 1 ? atoi(argv[1]) : 0), epoll = epoll_create1(0);
	struct epoll_event events[512], event = {.events = EPOLLIN, .data.fd = server};
	epoll_ctl(epoll, EPOLL_CTL_ADD, server, &event);
	for (;;) {
		int happened = epoll_wait(epoll, events, 512, -1);
		for (int i = 0; i < happened; i++) {
			if (events[i].data.fd == server)
				let_in(epoll, server);
			else
				serve(events[i].data.fd);
		}
	}
}
