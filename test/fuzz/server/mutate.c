/*-------------------------------------------------------------------------
 *
 * mutate.c
 *		How inputs change: by the table of operations, and byte by byte.
 *
 * libFuzzer calls this in the place of its own mutations, which are still
 * what happens most of the time; then mostly to what is behind the routine's
 * name, as another name seldom is one.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fuzz_server.h"

extern size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
extern size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
									  size_t max_size, unsigned int seed);

static size_t mutate_rest(uint8_t *data, size_t size, size_t max_size);
static size_t make_input(uint8_t *data, size_t size, size_t max_size,
						 DzSample *sample, bool keep_routine);
static DzRoutine *any_routine(DzSample *sample);
static void put_head(DzSample *sample, const DzRoutine *routine);
static void put_headers(DzSample *sample, const DzShape *shape);
static void put_page_token(DzSample *sample, const DzRoutine *routine);

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
						unsigned int seed)
{
	DzSample sample = {.state = seed + UINT64CONST(0x9E3779B97F4A7C15),
					   .is_answer = dz_fuzz_target->is_answer};

	switch (DzSampleRandom(&sample, 16))
	{
		case 0:
			return make_input(data, size, max_size, &sample, false);
		case 1:
			return make_input(data, size, max_size, &sample,
							  dz_fuzz_target->has_routine);
		case 2:
			return LLVMFuzzerMutate(data, size, max_size);
		default:
			return dz_fuzz_target->has_routine
					   ? mutate_rest(data, size, max_size)
					   : LLVMFuzzerMutate(data, size, max_size);
	}
}

/* All but the first line. */
static size_t
mutate_rest(uint8_t *data, size_t size, size_t max_size)
{
	size_t rest;

	(void) DzFuzzFirstLine((const char *) data, size, &rest);
	if (rest == size)
		return LLVMFuzzerMutate(data, size, max_size);
	return rest + LLVMFuzzerMutate(data + rest, size - rest, max_size - rest);
}

/* A new input, of the same routine or of any; cut where it is too long. */
static size_t
make_input(uint8_t *data, size_t size, size_t max_size, DzSample *sample,
		   bool keep_routine)
{
	size_t rest;
	size_t line = DzFuzzFirstLine((const char *) data, size, &rest);
	const DzRoutine *routine = NULL;
	size_t len;

	if (keep_routine)
		routine = DzRoutineFind((const char *) data, line);
	if (routine == NULL)
		routine = any_routine(sample);

	if (dz_fuzz_target->has_routine)
		put_head(sample, routine);
	DzSampleObject(sample, routine->op);
	if (dz_fuzz_target->has_routine && sample->is_answer &&
		strchr("*+", routine->name[0]) != NULL)
		put_page_token(sample, routine);

	len = Min(sample->out.len, max_size);
	if (!sample->out.failed)
		memcpy(data, sample->out.data, len);
	else
		len = size;
	DzBufferFree(&sample->out);
	return len;
}

static DzRoutine *
any_routine(DzSample *sample)
{
	return DzRoutineAt((int) DzSampleRandom(sample, DzRoutineCount()));
}

/*
 * The routine's name; of an answer the status, a success mostly, and the
 * headers that the operation's answers have.
 */
static void
put_head(DzSample *sample, const DzRoutine *routine)
{
	static const char *const heads[] = {"200\n", "201\n", "204\n", "200\n",
										"400\n", "500\n", "001\n", "200\n"};

	DzBufferAppendText(&sample->out, routine->name);
	DzBufferAppendChar(&sample->out, '\n');
	if (!sample->is_answer)
		return;
	DzBufferAppendText(&sample->out,
					   heads[DzSampleRandom(sample, lengthof(heads))]);
	if (routine->op->output != DZ_NO_SHAPE)
		put_headers(sample, &dz_shapes[routine->op->output]);
	DzBufferAppendChar(&sample->out, '\n');
}

static void
put_headers(DzSample *sample, const DzShape *shape)
{
	static const char *const values[] = {"x",
										 "1",
										 "1.5",
										 "true",
										 "2026-01-02T03:04:05Z",
										 "\xc3\xa9",
										 "\xff",
										 "Fri, 02 Jan 2026 03:04:05 GMT",
										 "a, \"b, \\\"c\\\"\", d",
										 "1762021397"};

	for (int i = 0; i < shape->count; i++)
	{
		const DzMember *member = &dz_members[shape->first + i];

		if (member->place != DZ_IN_HEADER)
			continue;
		DzBufferAppendText(&sample->out, DzPoolText(member->wire));
		DzBufferAppendText(&sample->out, ": ");
		DzBufferAppendText(&sample->out,
						   values[DzSampleRandom(sample, lengthof(values))]);
		DzBufferAppendChar(&sample->out, '\n');
	}
}

/* A second page, behind a first one that says that there is one. */
static void
put_page_token(DzSample *sample, const DzRoutine *routine)
{
	DzBuffer *out = &sample->out;

	if (out->failed || out->len < 2 || out->data[out->len - 2] == '{')
		return;
	out->data[--out->len] = '\0'; /* the closing brace */
	DzBufferAppendText(out, ",\"");
	DzBufferAppendText(out, routine->op->pager->output_token);
	DzBufferAppendText(out, "\":\"token\"}\x1e");
	DzSampleObject(sample, routine->op);
}
