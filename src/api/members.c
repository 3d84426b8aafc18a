/*-------------------------------------------------------------------------
 *
 * members.c
 *		Compare the pairs of an object with the members of its shape.
 *
 * jsonb keeps keys ordered by length and then bytes, and the model's tables
 * are ordered the same way, so one pass over both finds unknown and missing
 * names without a search.  All pairs are looked at before a missing member is
 * reported: of a mistyped name, "unknown member" with the right one as the
 * hint says more than "required".
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "api/request.h"

static const DzMember *pass_to(DzMemberScan *scan, const JsonbValue *key);
static void note_missing(DzMemberScan *scan, const DzMember *member);
static int unknown_hint(const DzShape *shape, const JsonbValue *key);

void
DzMemberScanStart(DzMemberScan *scan, const DzShape *shape,
				  JsonbContainer *object, const DzPath *path)
{
	JsonbValue v;

	scan->shape = shape;
	scan->path = path;
	scan->it = JsonbIteratorInit(object);
	scan->next = dz_members + shape->first;
	scan->end = scan->next + shape->count;
	scan->missing = NULL;
	(void) JsonbIteratorNext(&scan->it, &v, true); /* WJB_BEGIN_OBJECT */
}

const DzMember *
DzMemberScanNext(DzMemberScan *scan, JsonbValue *v)
{
	JsonbValue key;

	while (JsonbIteratorNext(&scan->it, &key, true) == WJB_KEY)
	{
		const DzMember *member = pass_to(scan, &key);

		if (member == NULL)
		{
			DzPath here = DzPathMember(scan->path, key.val.string.val,
									   key.val.string.len);

			DzParamErrorHint(&here, unknown_hint(scan->shape, &key),
							 "unknown member");
		}
		(void) JsonbIteratorNext(&scan->it, v, true);
		if (v->type != jbvNull)
			return member;
		note_missing(scan, member);
	}
	while (scan->next < scan->end)
		note_missing(scan, scan->next++);
	return NULL;
}

/* The member called "key", leaving behind those before it; NULL if none. */
static const DzMember *
pass_to(DzMemberScan *scan, const JsonbValue *key)
{
	while (scan->next < scan->end)
	{
		const DzMember *member = scan->next;
		int order =
			DzMemberOrder(member, key->val.string.val, key->val.string.len);

		if (order > 0)
			return NULL;
		scan->next++;
		if (order == 0)
			return member;
		note_missing(scan, member);
	}
	return NULL;
}

static void
note_missing(DzMemberScan *scan, const DzMember *member)
{
	if ((member->flags & DZ_MEMBER_REQUIRED) && scan->missing == NULL)
		scan->missing = member;
}

static int
unknown_hint(const DzShape *shape, const JsonbValue *key)
{
	const char *nearest =
		DzShapeNearest(shape, key->val.string.val, key->val.string.len);

	if (nearest != NULL)
		return errhint("Perhaps you meant \"%s\".", nearest);
	return DzMemberListHint(shape);
}

int
DzMemberListHint(const DzShape *shape)
{
	StringInfoData names;

	if (shape->count == 0)
		return errhint("It has no members.");
	initStringInfo(&names);
	for (int i = 0; i < shape->count; i++)
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "",
						 DzPoolText(dz_members[shape->first + i].name));
	return errhint("Its members are: %s.", names.data);
}
