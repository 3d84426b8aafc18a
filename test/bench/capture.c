/*-------------------------------------------------------------------------
 *
 * capture.c
 *		A web server on loopback that notes when requests come in.
 *
 *		capture
 *
 * Its first line of output is its port.  A body with a word that begins with
 * "probe-" or "slow-" makes a line: the word, and when the first byte of its
 * request was there, as nanoseconds of CLOCK_MONOTONIC.  Whatever is posted is
 * taken at once, what is slow after SLOW_MS; a listing is empty.  It ends with
 * its standard input.
 *
 * In C and with one thread, so that the moments are those of the wire also
 * while some ten thousand requests a second come in.
 *
 *-------------------------------------------------------------------------
 */
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SLOW_MS 5000
#define MAX_REQUEST 65536
#define MAX_FD 2048
#define MAX_EVENTS 64

static const char taken[] =
	"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	"x-amzn-RequestId: 01941f29-7c00-4000-8000-0000000000aa\r\n"
	"Content-Length: 51\r\n\r\n"
	"{\"domainId\":\"dzd_benchmark\",\"id\":\"0event00000abc\"}\n";
static const char nothing[] =
	"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	"Content-Length: 12\r\n\r\n{\"items\":[]}";

typedef struct Connection
{
	char *text; /* of the request that is coming in; ends with NUL */
	size_t len;
	int64_t first_ns; /* when it began */
	int64_t answer_ns; /* 0: nothing is held back */
} Connection;

static Connection connections[MAX_FD];
static int epoll_fd;
static int listen_fd;
static int highest_fd = 0;
static int nslow = 0;

static void
fail(const char *what)
{
	perror(what);
	exit(1);
}

static int64_t
now_ns(void)
{
	struct timespec now;

	(void) clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000000000 + now.tv_nsec;
}

static void
watch(int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

	if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
		fail("epoll_ctl");
}

static void
begin_listening(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t len = sizeof(address);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (listen_fd < 0 ||
		bind(listen_fd, (struct sockaddr *) &address, sizeof(address)) != 0 ||
		listen(listen_fd, 511) != 0 ||
		getsockname(listen_fd, (struct sockaddr *) &address, &len) != 0)
		fail("listening");
	watch(listen_fd);
	printf("%d\n", ntohs(address.sin_port));
	(void) fflush(stdout);
}

static void
take_connection(void)
{
	int fd = accept4(listen_fd, NULL, NULL, SOCK_NONBLOCK);
	int on = 1;

	if (fd < 0 && (errno == EAGAIN || errno == ECONNABORTED))
		return;
	if (fd < 0 || fd >= MAX_FD)
		fail("accept4");
	(void) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connections[fd].text == NULL)
		connections[fd].text = malloc(MAX_REQUEST + 1);
	if (connections[fd].text == NULL)
		fail("malloc");
	connections[fd].len = 0;
	connections[fd].answer_ns = 0;
	if (fd > highest_fd)
		highest_fd = fd;
	watch(fd);
}

static void
hang_up(int fd)
{
	if (connections[fd].answer_ns != 0)
		nslow--;
	connections[fd].answer_ns = 0;
	(void) close(fd);
}

/* Answers are so short that a socket always has room for one. */
static void
answer(int fd, const char *text)
{
	size_t len = strlen(text);

	connections[fd].len = 0;
	if (send(fd, text, len, MSG_NOSIGNAL) != (ssize_t) len)
		hang_up(fd);
}

/* How long the request is, as far as its head is there; 0: not yet known. */
static size_t
whole_length(const Connection *c)
{
	const char *end = strstr(c->text, "\r\n\r\n");
	const char *header;
	size_t head;

	if (end == NULL)
		return 0;
	head = (size_t) (end - c->text) + 4;
	header = strcasestr(c->text, "\r\nContent-Length:");
	if (header == NULL || header > end)
		return head;
	return head + strtoul(strchr(header + 2, ':') + 1, NULL, 10);
}

/* Print the word at "name". */
static void
note(const Connection *c, const char *name)
{
	int len = 0;

	while (isalnum((unsigned char) name[len]) || name[len] == '-')
		len++;
	printf("%.*s %lld\n", len, name, (long long) c->first_ns);
	(void) fflush(stdout);
}

static void
take_request(int fd)
{
	Connection *c = &connections[fd];
	const char *name;

	if (strncmp(c->text, "POST ", 5) != 0)
	{
		answer(fd, nothing);
		return;
	}
	name = strstr(c->text, "slow-");
	if (name != NULL)
	{
		note(c, name);
		c->answer_ns = now_ns() + (int64_t) SLOW_MS * 1000000;
		nslow++;
		return;
	}
	name = strstr(c->text, "probe-");
	if (name != NULL)
		note(c, name);
	answer(fd, taken);
}

static void
read_some(int fd, int64_t now)
{
	Connection *c = &connections[fd];
	ssize_t got = recv(fd, c->text + c->len, MAX_REQUEST - c->len, 0);
	size_t whole;

	if (got < 0 && errno == EAGAIN)
		return;
	if (got <= 0)
	{
		hang_up(fd);
		return;
	}
	if (c->len == 0)
		c->first_ns = now;
	c->len += (size_t) got;
	c->text[c->len] = '\0';
	whole = whole_length(c);
	if (whole > MAX_REQUEST || (whole == 0 && c->len == MAX_REQUEST) ||
		(whole != 0 && c->len > whole) || c->answer_ns != 0)
	{
		fprintf(stderr, "capture: a request is too long, or not alone\n");
		exit(1);
	}
	if (whole != 0 && c->len == whole)
		take_request(fd);
}

static void
answer_slow(void)
{
	for (int fd = 0; fd <= highest_fd && nslow > 0; fd++)
	{
		Connection *c = &connections[fd];

		if (c->answer_ns == 0 || c->answer_ns > now_ns())
			continue;
		c->answer_ns = 0;
		nslow--;
		answer(fd, taken);
	}
}

int
main(void)
{
	struct epoll_event events[MAX_EVENTS];

	epoll_fd = epoll_create1(0);
	if (epoll_fd < 0)
		fail("epoll_create1");
	begin_listening();
	watch(STDIN_FILENO);
	for (;;)
	{
		int n = epoll_wait(epoll_fd, events, MAX_EVENTS, nslow ? 10 : -1);
		int64_t now = now_ns();

		if (n < 0 && errno != EINTR)
			fail("epoll_wait");
		for (int i = 0; i < n; i++)
		{
			if (events[i].data.fd == STDIN_FILENO)
				return 0;
			if (events[i].data.fd == listen_fd)
				take_connection();
			else
				read_some(events[i].data.fd, now);
		}
		if (nslow > 0)
			answer_slow();
	}
}
