/*-------------------------------------------------------------------------
 *
 * useragent_test.c
 *		The header User-Agent in the form of the AWS SDKs.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/useragent.h"

#include "tap.h"

static void
test(const DzUserAgent *agent, const char *expected)
{
	DzBuffer out = {0};

	DzUserAgentAppend(&out, agent);
	tap_text(out.data, expected, "a user agent");
	DzBufferFree(&out);
}

int
main(void)
{
	DzUserAgent agent = {.version = "1.0"};
	char long_id[80];

	test(&agent, "datazone-postgresql/1.0 ua/2.1 lang/c");
	agent = (DzUserAgent){"1.0",
						  "15",
						  "linux",
						  "6.1",
						  "x86_64",
						  "E,g",
						  "adaptive",
						  "AWS_ECS_FARGATE",
						  "my app/1\r\n\xc3\xa9#x"};
	test(&agent, "datazone-postgresql/1.0 ua/2.1 os/linux#6.1 md/arch#x86_64 "
				 "lang/c md/postgresql#15 exec-env/AWS_ECS_FARGATE m/E,g "
				 "cfg/retry-mode#adaptive app/my-app-1-----x");
	memset(long_id, 'a', sizeof(long_id));
	long_id[sizeof(long_id) - 1] = '\0';
	agent = (DzUserAgent){.version = "1", .app_id = long_id};
	test(&agent, "datazone-postgresql/1 ua/2.1 lang/c app/"
				 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

	return tap_done();
}
