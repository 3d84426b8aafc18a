/*-------------------------------------------------------------------------
 *
 * endpoint.c
 *		Where a service is: endpoint from Region and FIPS, or a custom one.
 *
 * Source of the rules: the endpoint rule sets and the partition table that
 * AWS publishes with its SDKs.  DataZone has no dual-stack switch: its names
 * always carry the dual-stack suffix.  A service is one row of a table.
 *
 * A custom endpoint is checked more strictly than libcurl does, because what
 * is signed (host and path) must be what libcurl sends: it must find nothing
 * to correct.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/endpoint.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "aws/ascii.h"

#define HTTPS_PORT 443
#define HTTP_PORT 80
#define MAX_PORT 65535
#define MAX_REGION_LEN 63
#define MAX_HOST_LEN 253 /* RFC 1035, as text */
#define MAX_LABEL_LEN 63

typedef struct Partition
{
	const char *name;
	const char *dual_stack_suffix;
	const char *plain_suffix;
	const char *prefixes[10]; /* of "prefix-word-number", NULL-terminated */
} Partition;

/* The first one is that of Regions which no row matches. */
static const Partition partitions[] = {
	{"aws",
	 "api.aws",
	 "amazonaws.com",
	 {"us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx", NULL}},
	{"aws-cn",
	 "api.amazonwebservices.com.cn",
	 "amazonaws.com.cn",
	 {"cn", NULL}},
	{"aws-us-gov", "api.aws", "amazonaws.com", {"us-gov", NULL}},
	{"aws-eusc",
	 "api.amazonwebservices.eu",
	 "amazonaws.eu",
	 {"eusc-de", NULL}},
	{"aws-iso", "api.aws.ic.gov", "c2s.ic.gov", {"us-iso", NULL}},
	{"aws-iso-b", "api.aws.scloud", "sc2s.sgov.gov", {"us-isob", NULL}},
	{"aws-iso-e",
	 "api.cloud-aws.adc-e.uk",
	 "cloud.adc-e.uk",
	 {"eu-isoe", NULL}},
	{"aws-iso-f", "api.aws.hci.ic.gov", "csp.hci.ic.gov", {"us-isof", NULL}},
};

typedef struct Service
{
	const char *name; /* also what the host begins with */
	bool is_dual_stack; /* always */
	const char *plain_is_fips; /* partition without -fips names, or NULL */
} Service;

static const Service services[] = {
	{"datazone", true, NULL},
	{"sts", false, "aws-us-gov"},
	{"portal.sso", false, "aws-us-gov"},
};

#define NELEMS(array) (sizeof(array) / sizeof((array)[0]))

static const Service *find_service(const char *name);
static const Partition *find_partition(const char *region);
static bool is_pseudo_region(const char *region, const Partition *partition);
static bool has_region_form(const char *region, const char *prefix);
static void from_rules(const Service *service, const char *region,
					   bool use_fips, bool use_dual_stack, DzEndpoint *out);
static const char *from_url(const char *url, DzEndpoint *out);
static const char *parse_authority(const char *text, size_t len,
								   DzEndpoint *out);
static bool parse_ipv6(const char *text, size_t len, char *host);
static bool parse_name(const char *text, size_t len, char *host);
static bool is_number(const char *label, size_t len);
static bool parse_port(const char *text, size_t len, int *port);
static const char *parse_path(const char *text, DzEndpoint *out);
static bool is_path_char(char c);
static bool has_dot_segment(const char *path);
static void copy_lower(char *dst, const char *src, size_t len);
static bool has_prefix(const char *text, const char *prefix);
static void compose(DzEndpoint *out);

bool
DzEndpointResolve(const char *service, const char *region, bool use_fips,
				  const char *endpoint_url, DzEndpoint *out,
				  const char **error)
{
	return DzEndpointResolveDual(service, region, use_fips, false,
								 endpoint_url, out, error);
}

bool
DzEndpointResolveDual(const char *service, const char *region, bool use_fips,
					  bool use_dual_stack, const char *endpoint_url,
					  DzEndpoint *out, const char **error)
{
	const Service *known = find_service(service);
	bool has_region = region != NULL && region[0] != '\0';
	bool has_url = endpoint_url != NULL && endpoint_url[0] != '\0';

	*error = NULL;
	memset(out, 0, sizeof(*out));

	if (has_region && !DzRegionIsValid(region))
		*error = "A Region consists of 1 to 63 letters, digits and hyphens, "
				 "neither begins nor ends with a hyphen, and is not a number.";
	else if (has_url && use_fips)
		*error = "A custom endpoint cannot be combined with FIPS.";
	else if (has_url)
		*error = from_url(endpoint_url, out);
	else if (!has_region)
		*error = "The endpoint follows from the Region, and none is given.";
	else if (known == NULL)
		*error = "There is no endpoint rule for the service.";
	else
		from_rules(known, region, use_fips, use_dual_stack, out);

	return *error == NULL;
}

bool
DzRegionIsValid(const char *region)
{
	size_t len = region != NULL ? strlen(region) : 0;
	bool is_all_digits = true;

	if (len == 0 || len > MAX_REGION_LEN || region[0] == '-' ||
		region[len - 1] == '-')
		return false;
	for (size_t i = 0; i < len; i++)
	{
		if (!DzIsAlnum(region[i]) && region[i] != '-')
			return false;
		if (!DzIsDigit(region[i]))
			is_all_digits = false;
	}

	return !is_all_digits;
}

bool
DzHostIsLoopback(const char *host)
{
	char bare[INET6_ADDRSTRLEN];
	size_t len = strlen(host);
	bool has_brackets = len > 2 && host[0] == '[' && host[len - 1] == ']';
	struct in_addr v4;
	struct in6_addr v6;

	if (has_brackets)
		len -= 2;
	if (len >= sizeof(bare))
		return false;
	copy_lower(bare, host + (has_brackets ? 1 : 0), len);

	if (inet_pton(AF_INET6, bare, &v6) == 1)
		return IN6_IS_ADDR_LOOPBACK(&v6);
	if (has_brackets)
		return false;
	if (inet_pton(AF_INET, bare, &v4) == 1)
		return (ntohl(v4.s_addr) >> 24) == 127;

	return strcmp(bare, "localhost") == 0;
}

static const Service *
find_service(const char *name)
{
	for (size_t i = 0; i < NELEMS(services); i++)
	{
		if (strcmp(services[i].name, name) == 0)
			return &services[i];
	}

	return NULL;
}

static const Partition *
find_partition(const char *region)
{
	for (size_t i = 0; i < NELEMS(partitions); i++)
	{
		const Partition *partition = &partitions[i];

		if (is_pseudo_region(region, partition))
			return partition;
		for (int j = 0; partition->prefixes[j] != NULL; j++)
		{
			if (has_region_form(region, partition->prefixes[j]))
				return partition;
		}
	}

	return &partitions[0];
}

/* Each partition has one, "aws-cn-global" for instance. */
static bool
is_pseudo_region(const char *region, const Partition *partition)
{
	return has_prefix(region, partition->name) &&
		   strcmp(region + strlen(partition->name), "-global") == 0;
}

/* prefix-word-number, where a word has no hyphen */
static bool
has_region_form(const char *region, const char *prefix)
{
	const char *p;
	size_t len;

	if (!has_prefix(region, prefix))
		return false;
	p = region + strlen(prefix);
	if (*p++ != '-')
		return false;
	len = strcspn(p, "-");
	if (len == 0 || p[len] != '-')
		return false;
	p += len + 1;
	len = strspn(p, "0123456789");

	return len > 0 && p[len] == '\0';
}

static void
from_rules(const Service *service, const char *region, bool use_fips,
		   bool use_dual_stack, DzEndpoint *out)
{
	bool is_dual_stack = service->is_dual_stack || use_dual_stack;
	const Partition *partition = find_partition(region);
	const char *fips = use_fips ? "-fips" : "";
	char host[sizeof(out->host)];

	if (service->plain_is_fips != NULL && !is_dual_stack &&
		strcmp(service->plain_is_fips, partition->name) == 0)
		fips = "";

	/* fits: a Region has at most 63 characters, the rest is ours */
	(void) snprintf(host, sizeof(host), "%s%s.%s.%s", service->name, fips,
					region,
					is_dual_stack ? partition->dual_stack_suffix
								  : partition->plain_suffix);
	copy_lower(out->host, host, strlen(host));
	strcpy(out->scheme, "https");
	out->port = HTTPS_PORT;
	compose(out);
}

/* Take a custom endpoint apart; returns what is wrong with it, or NULL. */
static const char *
from_url(const char *url, DzEndpoint *out)
{
	const char *error;
	const char *path = DzUrlOrigin(url, out, &error);

	if (path != NULL)
		error = parse_path(path, out);
	if (error != NULL)
		return error;
	if (strcmp(out->scheme, "http") == 0 && !DzHostIsLoopback(out->host))
		return "Plain http is allowed for loopback addresses only.";
	compose(out);

	return NULL;
}

const char *
DzUrlOrigin(const char *url, DzEndpoint *out, const char **error)
{
	size_t scheme_len = strcspn(url, ":");
	const char *authority;
	size_t authority_len;

	memset(out, 0, sizeof(*out));
	*error = NULL;
	if (scheme_len < sizeof(out->scheme))
		copy_lower(out->scheme, url, scheme_len);
	if (strcmp(out->scheme, "https") == 0)
		out->port = HTTPS_PORT;
	else if (strcmp(out->scheme, "http") == 0)
		out->port = HTTP_PORT;
	if (out->port == 0 || !has_prefix(url + scheme_len, "://"))
	{
		*error = "An endpoint is a URL that begins with https:// or http://.";
		return NULL;
	}

	authority = url + scheme_len + strlen("://");
	authority_len = strcspn(authority, "/?#");
	*error = parse_authority(authority, authority_len, out);
	if (*error != NULL)
		return NULL;
	compose(out);

	return authority + authority_len;
}

/* host, host:port, [address] or [address]:port */
static const char *
parse_authority(const char *text, size_t len, DzEndpoint *out)
{
	size_t host_len;
	bool is_valid;

	if (memchr(text, '@', len) != NULL)
		return "An endpoint must not hold a user name or password.";

	if (len > 0 && text[0] == '[')
	{
		const char *close = memchr(text, ']', len);

		host_len = close != NULL ? (size_t) (close - text) + 1 : len;
		is_valid = parse_ipv6(text, host_len, out->host);
	}
	else
	{
		const char *colon = memchr(text, ':', len);

		host_len = colon != NULL ? (size_t) (colon - text) : len;
		is_valid = parse_name(text, host_len, out->host);
	}
	if (!is_valid)
		return "The endpoint's host is neither a host name nor an address.";
	if (host_len < len &&
		(text[host_len] != ':' ||
		 !parse_port(text + host_len + 1, len - host_len - 1, &out->port)))
		return "The endpoint's port is not a number between 1 and 65535.";

	return NULL;
}

/* An address in brackets; its shortest form is what libcurl would send. */
static bool
parse_ipv6(const char *text, size_t len, char *host)
{
	char address[INET6_ADDRSTRLEN];
	struct in6_addr parsed;

	if (len < 2 || text[len - 1] != ']' || len - 2 >= sizeof(address))
		return false;
	copy_lower(address, text + 1, len - 2);
	if (inet_pton(AF_INET6, address, &parsed) != 1 ||
		inet_ntop(AF_INET6, &parsed, address, sizeof(address)) == NULL)
		return false;
	(void) snprintf(host, sizeof(address) + 2, "[%s]", address);

	return true;
}

/*
 * A DNS name or an IPv4 address.  A name whose last label is a number would be
 * read as a short or octal address further down ("127.1"), so it must be an
 * address in its full form.
 */
static bool
parse_name(const char *text, size_t len, char *host)
{
	size_t label_len = 0;
	struct in_addr parsed;

	if (len == 0 || len > MAX_HOST_LEN)
		return false;
	for (size_t i = 0; i < len; i++)
	{
		if (text[i] == '.')
		{
			if (label_len == 0)
				return false;
			label_len = 0;
		}
		else if (!DzIsAlnum(text[i]) && text[i] != '-' && text[i] != '_')
			return false;
		else if (++label_len > MAX_LABEL_LEN)
			return false;
	}
	if (label_len == 0)
		return false;

	copy_lower(host, text, len);
	return !is_number(host + len - label_len, label_len) ||
		   inet_pton(AF_INET, host, &parsed) == 1;
}

/* Decimal or 0x: what address parsers take for a number. */
static bool
is_number(const char *label, size_t len)
{
	bool is_hexadecimal = len > 1 && label[0] == '0' && label[1] == 'x';

	for (size_t i = is_hexadecimal ? 2 : 0; i < len; i++)
	{
		if (is_hexadecimal ? DzHexValue(label[i]) < 0 : !DzIsDigit(label[i]))
			return false;
	}

	return true;
}

static bool
parse_port(const char *text, size_t len, int *port)
{
	int value = 0;

	if (len == 0 || len > 5)
		return false;
	for (size_t i = 0; i < len; i++)
	{
		if (!DzIsDigit(text[i]))
			return false;
		value = value * 10 + (text[i] - '0');
	}
	*port = value;

	return value >= 1 && value <= MAX_PORT;
}

/* The path in front of each operation's, without a '/' at its end. */
static const char *
parse_path(const char *text, DzEndpoint *out)
{
	size_t len = strlen(text);

	if (strpbrk(text, "?#") != NULL)
		return "An endpoint must not hold a query or a fragment.";
	while (len > 0 && text[len - 1] == '/')
		len--;
	if (len >= sizeof(out->path))
		return "The endpoint's path is too long.";
	for (size_t i = 0; i < len; i++)
	{
		bool is_encoded = text[i] == '%' && len - i > 2 &&
						  DzHexValue(text[i + 1]) >= 0 &&
						  DzHexValue(text[i + 2]) >= 0;

		if (!is_encoded && !is_path_char(text[i]))
			return "The endpoint's path holds characters that a URL must "
				   "not hold unencoded.";
	}
	memcpy(out->path, text, len);
	out->path[len] = '\0';
	if (has_dot_segment(out->path))
		return "The endpoint's path must not hold the segments \".\" and "
			   "\"..\".";

	return NULL;
}

/* RFC 3986: unreserved, sub-delims, ':', '@' and '/' */
static bool
is_path_char(char c)
{
	return DzIsAlnum(c) ||
		   (c != '\0' && strchr("-._~!$&'()*+,;=:@/", c) != NULL);
}

/* Also as %2e: libcurl would remove it, and the signature would not hold. */
static bool
has_dot_segment(const char *path)
{
	const char *p = path;

	while (*p == '/')
	{
		int ndots = 0;

		for (p++; ndots <= 2; ndots++)
		{
			if (*p == '.')
				p++;
			else if (has_prefix(p, "%2e") || has_prefix(p, "%2E"))
				p += 3;
			else
				break;
		}
		if ((ndots == 1 || ndots == 2) && (*p == '/' || *p == '\0'))
			return true;
		p += strcspn(p, "/");
	}

	return false;
}

static void
copy_lower(char *dst, const char *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = DzLower(src[i]);
	dst[len] = '\0';
}

static bool
has_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Host header and URL; the sizes in DzEndpoint make them fit. */
static void
compose(DzEndpoint *out)
{
	bool is_https = strcmp(out->scheme, "https") == 0;

	if (out->port == (is_https ? HTTPS_PORT : HTTP_PORT))
		(void) snprintf(out->host_header, sizeof(out->host_header), "%s",
						out->host);
	else
		(void) snprintf(out->host_header, sizeof(out->host_header), "%s:%d",
						out->host, out->port);
	(void) snprintf(out->url, sizeof(out->url), "%s://%s%s", out->scheme,
					out->host_header, out->path);
}
