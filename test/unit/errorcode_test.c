/*-------------------------------------------------------------------------
 *
 * errorcode_test.c
 *		Error codes in headers and bodies of restJson1 answers.
 *
 *-------------------------------------------------------------------------
 */
#include "aws/errorcode.h"

#include <stdlib.h>

#include "tap.h"

#define NAME_64 \
	"abcdefghijklmnopqrstuvwxyz012345" \
	"abcdefghijklmnopqrstuvwxyz012345"

static const struct
{
	const char *text;
	const char *code; /* "": none */
} cases[] = {
	{"ConflictException", "ConflictException"},
	{"ConflictException:http://internal.example.com/coral/x/",
	 "ConflictException"},
	{"aws.example#ConflictException", "ConflictException"},
	{"aws.example#ConflictException:http://internal.example.com/",
	 "ConflictException"},

	/* the URI has a '#' of its own, the namespace more than one part */
	{"ConflictException:http://internal.example.com/#frag",
	 "ConflictException"},
	{"a#b:c#d:e", "b"},
	{"Sender.Throttling-2_x", "Sender.Throttling-2_x"},
	{"  Padded ", "Padded"},
	{"ns# Padded :", "Padded"},

	{"", ""},
	{":", ""},
	{"#", ""},
	{"ns#", ""},
	{":Late", ""},
	{"#:x", ""},
	{"   ", ""},
	{"two words", ""},
	{"new\nline", ""},
	{"quote\"", ""},
	{"<html>", ""},
	{"\xc3\xa9t\xc3\xa9", ""},

	/* 128 characters are a code, 129 are not */
	{NAME_64 NAME_64, NAME_64 NAME_64},
	{NAME_64 NAME_64 "x", ""},
	{NAME_64 NAME_64 "x#Short", "Short"},
};

int
main(void)
{
	const char nul[] = "Conflict\0Exception";
	const char *code;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		/* exactly as long as it is: reading on is seen by the sanitizer */
		size_t len = strlen(cases[i].text);
		char *text = tap_alloc(len);
		size_t code_len;

		memcpy(text, cases[i].text, len);
		code = NULL;
		code_len = DzErrorCodeCut(text, len, &code);
		tap_ok(
			code_len == strlen(cases[i].code) &&
				(code_len == 0 || memcmp(code, cases[i].code, code_len) == 0),
			"case %d gives \"%s\"", (int) i + 1, cases[i].code);
		free(text);
	}
	tap_int((int64_t) DzErrorCodeCut(nul, sizeof(nul) - 1, &code), 0,
			"a NUL is no part of a code");

	tap_ok(DzErrorCodeRefusesKeys("ExpiredTokenException") &&
			   DzErrorCodeRefusesKeys("ExpiredToken") &&
			   DzErrorCodeRefusesKeys("InvalidClientTokenId") &&
			   DzErrorCodeRefusesKeys("UnrecognizedClientException"),
		   "codes that say that keys are expired or unknown");
	tap_ok(!DzErrorCodeRefusesKeys("") &&
			   !DzErrorCodeRefusesKeys("AccessDeniedException") &&
			   !DzErrorCodeRefusesKeys("RequestExpired") &&
			   !DzErrorCodeRefusesKeys("ExpiredTokenExceptions"),
		   "others do not");

	return tap_done();
}
