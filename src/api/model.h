/*-------------------------------------------------------------------------
 *
 * model.h
 *		The service's operations and shapes as constant tables.
 *
 * script/generate_model.py writes model_data.c from the service's public
 * model; nothing in the program knows an operation but through it.  Tables
 * refer to each other by 16-bit indexes and to text by offsets into one pool,
 * so that they stay in read-only pages that all processes share, and a lookup
 * touches few cache lines.
 *
 * Wording:  an *operation* is one call of the API.  A *shape* is the type of
 * a value: a scalar, a list, a map, a structure or a union.  A *member* is a
 * named part of a structure or union; its *place* is where HTTP carries it,
 * and its *wire name* is what it is called there.  A *label* is a member in
 * the path.  A *pager* says how an operation's pages are asked for.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_MODEL_H
#define DATAZONE_MODEL_H

#define DZ_NO_SHAPE PG_UINT16_MAX
#define DZ_NO_LABEL PG_UINT8_MAX

typedef enum DzKind
{
	DZ_KIND_STRING,
	DZ_KIND_BOOLEAN,
	DZ_KIND_BYTE,
	DZ_KIND_SHORT,
	DZ_KIND_INTEGER,
	DZ_KIND_LONG,
	DZ_KIND_FLOAT, /* of either width */
	DZ_KIND_TIMESTAMP,
	DZ_KIND_BLOB,
	DZ_KIND_DOCUMENT, /* any JSON */
	DZ_KIND_LIST,
	DZ_KIND_MAP,
	DZ_KIND_STRUCTURE,
	DZ_KIND_UNION
} DzKind;

/* What is checked of a scalar beyond its JSON type and minimum length. */
typedef enum DzCheck
{
	DZ_CHECK_NONE,
	DZ_CHECK_DOMAIN_ID, /* dzd[-_][a-zA-Z0-9_-]{1,36} */
	DZ_CHECK_CLIENT_TOKEN, /* 1 to 128 of [\x21-\x7E] */
	DZ_CHECK_PLAIN_TOKEN, /* a token without a pattern: printable */
	DZ_CHECK_RUN_EVENT /* a blob that is an OpenLineage RunEvent */
} DzCheck;

/* How a timestamp looks on the wire; in params it is always ISO 8601. */
typedef enum DzTimeFormat
{
	DZ_TIME_BY_PLACE, /* body: epoch; path and query: ISO; header: http-date */
	DZ_TIME_EPOCH, /* a JSON number of seconds */
	DZ_TIME_ISO, /* 2026-01-02T03:04:05Z */
	DZ_TIME_HTTP /* Fri, 02 Jan 2026 03:04:05 GMT */
} DzTimeFormat;

typedef enum DzPlace
{
	DZ_IN_BODY,
	DZ_IN_PATH,
	DZ_IN_QUERY,
	DZ_IN_HEADER,
	DZ_IN_HEADER_PREFIX, /* a map: its keys, behind the wire name, are headers */
	DZ_IN_PAYLOAD, /* the member is the whole body */
	DZ_IN_STATUS /* the answer's status code */
} DzPlace;

/* DzMember.flags */
#define DZ_MEMBER_REQUIRED 0x01
#define DZ_MEMBER_TOKEN 0x02 /* made when absent */
#define DZ_MEMBER_ALSO_QUERY 0x04 /* sent in the query too, by its own name */
#define DZ_MEMBER_DOMAIN 0x08 /* the server's default domain when absent */

/* DzShape.flags */
#define DZ_SHAPE_SPARSE 0x01 /* a list or map that may hold nulls */
#define DZ_SHAPE_RENAMED 0x02 /* some member's JSON key is not its name */

typedef struct DzMember
{
	uint16 name; /* what params call it: offset into dz_pool */
	uint16 wire; /* JSON key, header name, or percent-encoded query key */
	uint16 shape;
	uint8 name_len;
	uint8 place; /* DzPlace */
	uint8 flags;
	uint8 time_format; /* DzTimeFormat; wins over the shape's */
} DzMember;

/*
 * The members of a structure or union stand together in dz_members, ordered
 * as jsonb orders keys (shorter first, then by bytes), so that an object and
 * its shape are compared by one merge.
 */
typedef struct DzShape
{
	uint8 kind; /* DzKind */
	uint8 check; /* DzCheck */
	uint8 time_format; /* DzTimeFormat */
	uint8 flags;
	uint16 first; /* structure, union: first member; list, map: item shape */
	uint16 count; /* structure, union: members; map: key shape */
	uint16 nrequired; /* structure: required members */
	uint16 min; /* string: characters; list, map: items; blob: bytes */
} DzShape;

/* A piece of a path: fixed text, then a label unless DZ_NO_LABEL. */
typedef struct DzPathPart
{
	uint16 literal; /* offset into dz_pool */
	uint8 label; /* index among the input's members */
	bool is_greedy; /* '/' in the value stays */
} DzPathPart;

typedef struct DzPager
{
	const char *input_token;
	const char *output_token;
	const char *limit_key; /* or NULL */
	const char *result_key; /* the answer's member that holds the items */
	uint16 limit_min; /* 0: not known */
	uint16 limit_max;
} DzPager;

typedef struct DzOperation
{
	const char *name;
	const char *method;
	const DzPager *pager; /* NULL: not paginated */
	uint16 input; /* shape, or DZ_NO_SHAPE */
	uint16 output;
	uint16 first_part; /* of the path, in dz_path_parts */
	uint16 success_code;
	uint8 nparts;
	bool read_only; /* allowed in READ ONLY transactions */
	bool idempotent; /* by the model */
	bool has_token; /* takes a client token */
	bool repeatable; /* a second arrival does no harm */
	bool has_secrets; /* the answer may hold credentials: never log it */
	bool has_body; /* the input has members in the JSON body */
} DzOperation;

/* ---- model_data.c (generated) ---- */

extern const char *const dz_pool;
extern const DzMember *const dz_members;
extern const DzPathPart *const dz_path_parts;
extern const DzShape dz_shapes[];
extern const int dz_nshapes;
extern const DzOperation dz_operations[]; /* by name, in byte order */
extern const int dz_noperations;

#define DzPoolText(offset) (dz_pool + (offset))

/* < 0, 0, > 0 as "member" stands before, at or behind "name" in the order */
static inline int
DzMemberOrder(const DzMember *member, const char *name, size_t len)
{
	if (member->name_len != len)
		return member->name_len < len ? -1 : 1;
	return memcmp(DzPoolText(member->name), name, len);
}

/* ---- model.c ---- */

/* The operation called "name" (as the API spells it), or NULL. */
extern const DzOperation *DzOperationFind(const char *name);

/* The operation's name nearest to "name" for a hint, or NULL if none is. */
extern const char *DzOperationNearest(const char *name);

/* The member of structure or union "shape" called "name", or NULL. */
extern const DzMember *DzShapeMember(const DzShape *shape, const char *name,
									 size_t len);

/* The member's name nearest to "name" for a hint, or NULL if none is. */
extern const char *DzShapeNearest(const DzShape *shape, const char *name,
								  size_t len);

#endif /* DATAZONE_MODEL_H */
