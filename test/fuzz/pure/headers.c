/*-------------------------------------------------------------------------
 *
 * headers.c
 *		Fuzz: headers of answers that set the clock, and headers we make.
 *
 * Of an answer Date tells the service's time.  What we send is made of what
 * the environment and files hold: nothing in there may end a line.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/skew.h"
#include "aws/useragent.h"
#include "credentials/environment.h"

#include "fuzz.h"

#define LONGEST_US (INT64_C(15) * 60 * 1000000)

static void check_skew(const char *date, const char *code, uint8_t how,
					   uint8_t seconds);
static void check_agent(char **texts);
static void check_trace(char **texts);
static const char *variable(void *arg, const char *name);
static void require_one_line(const DzBuffer *buffer);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t how = fuzz_byte(&data, &size);
	uint8_t seconds = fuzz_byte(&data, &size);
	char *texts[3];

	for (int i = 0; i < 3; i++)
		texts[i] = fuzz_text(&data, &size);
	check_skew(texts[0], texts[1], how, seconds);
	check_agent(texts);
	check_trace(texts);
	for (int i = 0; i < 3; i++)
		free(texts[i]);
	return 0;
}

/* What is learned is used only as the rules say. */
static void
check_skew(const char *date, const char *code, uint8_t how, uint8_t seconds)
{
	int64_t sent = INT64_C(1790000000000000);
	int64_t received = sent + seconds * INT64_C(8000000);
	bool has_age = how % 2;
	int64_t skew = 0;
	DzSkew known = {0};

	if (!DzSkewMeasure(date, has_age, sent, received, &skew))
		return;
	REQUIRE(!has_age && received - sent <= LONGEST_US);
	DzSkewNote(&known, skew);
	REQUIRE(known.is_measured && known.applied_us == 0);
	if (DzSkewCorrect(&known, code, 0))
	{
		REQUIRE(known.applied_us == skew && skew != 0);
		/* what was corrected once is no reason for another attempt */
		REQUIRE(!DzSkewCorrect(&known, code, known.applied_us));
	}
	else
		REQUIRE(known.applied_us == 0);
}

static void
check_agent(char **texts)
{
	DzUserAgent agent = {.version = "1.0", .features = texts[0]};
	DzBuffer out = {0};

	agent.os_version = texts[1];
	agent.app_id = texts[2];
	agent.execution_env = texts[0];
	DzUserAgentAppend(&out, &agent);
	require_one_line(&out);
	for (size_t i = 0; i < out.len; i++)
		REQUIRE(out.data[i] >= ' ');
	DzBufferFree(&out);
}

static void
check_trace(char **texts)
{
	DzEnvironment env = {variable, texts};
	DzBuffer out = {0};

	if (DzEnvironmentTraceId(&env, &out))
		require_one_line(&out);
	DzBufferFree(&out);
}

/* The environment of an AWS Lambda function. */
static const char *
variable(void *arg, const char *name)
{
	char **texts = arg;

	if (strcmp(name, "_X_AMZN_TRACE_ID") == 0)
		return texts[0];
	return texts[1];
}

static void
require_one_line(const DzBuffer *buffer)
{
	REQUIRE(buffer->len == 0 ||
			memchr(buffer->data, '\n', buffer->len) == NULL);
	REQUIRE(buffer->len == 0 ||
			memchr(buffer->data, '\r', buffer->len) == NULL);
}
