/*-------------------------------------------------------------------------
 *
 * mapping.c
 *		Read the keys of a user mapping, and leave no copy of them behind.
 *
 * The catalog and PostgreSQL's cache of it hold the keys in the clear, and so
 * does the AWS client for as long as it signs with them.  What is copied on
 * the way from one to the other is wiped when the context that it was read in
 * is reset, be it by an error.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "catalog/pg_user_mapping.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/syscache.h"

#include "server/room.h"

/* the options of a mapping, and where each is put */
static const struct
{
	const char *name;
	size_t offset;
} fields[] = {
	{"access_key_id", offsetof(DzMapping, access_key_id)},
	{"secret_access_key", offsetof(DzMapping, secret_access_key)},
	{"session_token", offsetof(DzMapping, session_token)},
	{"credentials", offsetof(DzMapping, credentials)},
	{"profile", offsetof(DzMapping, profile)},
	{"role_arn", offsetof(DzMapping, role_arn)},
	{"role_session_name", offsetof(DzMapping, role_session_name)},
	{"external_id", offsetof(DzMapping, external_id)},
};

/* enough for every copy that DzMappingRead() makes: values, and the array */
#define MAX_COPIES (lengthof(fields) + 1)

/* A mapping as read, with what has to be wiped of it. */
typedef struct MappingCopy
{
	DzMapping mapping;
	MemoryContextCallback wipe;
	int ncopies;
	struct
	{
		void *data;
		size_t size;
	} copies[MAX_COPIES];
} MappingCopy;

static void
wipe_copies(void *arg)
{
	MappingCopy *copy = arg;

	for (int i = 0; i < copy->ncopies; i++)
		explicit_bzero(copy->copies[i].data, copy->copies[i].size);
	copy->ncopies = 0;
}

static void
remember_copy(MappingCopy *copy, void *data, size_t size)
{
	Assert(copy->ncopies < (int) MAX_COPIES);
	copy->copies[copy->ncopies].data = data;
	copy->copies[copy->ncopies].size = size;
	copy->ncopies++;
}

/* The value in the element "name=value", or NULL if it is another option. */
static char *
take_value(MappingCopy *copy, text *element, const char *name)
{
	const char *data = VARDATA_ANY(element);
	int len = VARSIZE_ANY_EXHDR(element);
	int name_len = strlen(name);
	char *value;

	if (len <= name_len || memcmp(data, name, name_len) != 0 ||
		data[name_len] != '=')
		return NULL;

	value = pnstrdup(data + name_len + 1, len - name_len - 1);
	remember_copy(copy, value, strlen(value));
	return value;
}

/* Find the options of the mapping in its "name=value" array. */
static void
take_options(MappingCopy *copy, ArrayType *array)
{
	Datum *elements;
	int nelements;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, NULL,
					  &nelements);
	for (int i = 0; i < nelements; i++)
	{
		text *element = (text *) DatumGetPointer(elements[i]);

		for (int k = 0; k < (int) lengthof(fields); k++)
		{
			const char **field =
				(const char **) ((char *) &copy->mapping + fields[k].offset);

			if (*field == NULL)
				*field = take_value(copy, element, fields[k].name);
		}
	}
	pfree(elements);
}

/*
 * The keys of the mapping that serves "userid" on "serverid": its own, else
 * PUBLIC's; NULL if there is neither.  A role's membership in another gives
 * it none of that role's mappings.
 *
 * The result lives in CurrentMemoryContext, which should be reset soon: that
 * wipes it.
 */
DzMapping *
DzMappingRead(Oid userid, Oid serverid)
{
	HeapTuple tuple;
	Datum datum;
	bool isnull;
	MappingCopy *copy;

	tuple = SearchSysCache2(USERMAPPINGUSERSERVER, ObjectIdGetDatum(userid),
							ObjectIdGetDatum(serverid));
	if (!HeapTupleIsValid(tuple))
		tuple = SearchSysCache2(USERMAPPINGUSERSERVER,
								ObjectIdGetDatum(InvalidOid),
								ObjectIdGetDatum(serverid));
	if (!HeapTupleIsValid(tuple))
		return NULL;

	copy = palloc0(sizeof(MappingCopy));
	copy->wipe.func = wipe_copies;
	copy->wipe.arg = copy;
	MemoryContextRegisterResetCallback(CurrentMemoryContext, &copy->wipe);
	copy->mapping.mappingid = ((Form_pg_user_mapping) GETSTRUCT(tuple))->oid;
	copy->mapping.is_public =
		!OidIsValid(((Form_pg_user_mapping) GETSTRUCT(tuple))->umuser);

	datum = SysCacheGetAttr(USERMAPPINGUSERSERVER, tuple,
							Anum_pg_user_mapping_umoptions, &isnull);
	if (!isnull)
	{
		/* a copy of ours in any case: never a pointer into the cache */
		ArrayType *array = DatumGetArrayTypePCopy(datum);

		remember_copy(copy, array, VARSIZE(array));
		take_options(copy, array);
	}
	ReleaseSysCache(tuple);

	return &copy->mapping;
}
