/*-------------------------------------------------------------------------
 *
 * key.c
 *		Ordering keys: of the entries with one key, one is claimed at a time.
 *
 * The first holds the key until it is delivered or given up; that it is tried
 * again for an hour makes no difference.  Those behind it stay in the table;
 * only that there are some is remembered.  When the holder has ended, the next
 * is looked up by the key's index.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "outbox/delivery.h"

static HTAB *keys;

/* whose next entry is to be looked up */
static dlist_head advancing = DLIST_STATIC_INIT(advancing);
static bool urgent = false; /* one of them was listed just now */

static uint32
hash_text(const void *key, Size size)
{
	const char *text = *(const char *const *) key;

	return hash_bytes((const unsigned char *) text, (int) strlen(text));
}

static int
match_text(const void *a, const void *b, Size size)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

void
DzKeysInit(void)
{
	HASHCTL ctl;

	ctl.keysize = sizeof(char *);
	ctl.entrysize = sizeof(DzKey);
	ctl.hash = hash_text;
	ctl.match = match_text;
	ctl.hcxt = TopMemoryContext;
	keys =
		hash_create("datazone ordering keys", 256, &ctl,
					HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);
}

void
DzKeysForget(void)
{
	HASH_SEQ_STATUS seq;
	DzKey *key;

	hash_seq_init(&seq, keys);
	while ((key = hash_seq_search(&seq)) != NULL)
		DzKeyRemove(key);
}

DzKey *
DzKeyFind(const char *text)
{
	return hash_search(keys, &text, HASH_FIND, NULL);
}

/* A key that is not there yet; nobody holds it. */
DzKey *
DzKeyMake(const char *text)
{
	char *copy = MemoryContextStrdup(TopMemoryContext, text);
	DzKey *key = hash_search(keys, &copy, HASH_ENTER, NULL);

	key->text = copy;
	key->holder = NULL;
	key->has_more = false;
	key->is_listed = false;
	return key;
}

void
DzKeyRemove(DzKey *key)
{
	char *text = key->text;

	if (key->is_listed)
		dlist_delete(&key->node);
	(void) hash_search(keys, &text, HASH_REMOVE, NULL);
	pfree(text);
}

/* The key's next entry could not be claimed: look again some time. */
void
DzKeyPutBack(DzKey *key)
{
	key->holder = NULL;
	key->has_more = true;
	if (!key->is_listed)
		dlist_push_tail(&advancing, &key->node);
	key->is_listed = true;
}

/* Look for the key's next entry, now. */
void
DzKeyDefer(DzKey *key)
{
	DzKeyPutBack(key);
	urgent = true;
}

/* What kept keys from going on may be gone: look at them now. */
void
DzKeysHurry(void)
{
	urgent = DzKeysWait();
}

/* The key's holder has ended. */
void
DzKeyRelease(DzKey *key)
{
	if (key->has_more)
		DzKeyDefer(key);
	else
		DzKeyRemove(key);
}

bool
DzKeysWait(void)
{
	return !dlist_is_empty(&advancing);
}

bool
DzKeysAreUrgent(void)
{
	return urgent;
}

/* Take one of those that are to be advanced; NULL if there is none. */
DzKey *
DzKeyNextToAdvance(void)
{
	DzKey *key;

	if (dlist_is_empty(&advancing))
	{
		urgent = false;
		return NULL;
	}
	key = dlist_container(DzKey, node, dlist_pop_head_node(&advancing));
	key->is_listed = false;
	return key;
}
