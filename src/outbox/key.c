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
static dlist_head stuck = DLIST_STATIC_INIT(stuck); /* in this round */
static bool urgent = false; /* one of them was listed just now */

static uint32
hash_name(const void *key, Size size)
{
	const DzKeyName *name = key;

	return hash_combine(hash_bytes((const unsigned char *) name->text,
								   (int) strlen(name->text)),
						(uint32) ((uintptr_t) name->lane >> 4));
}

static int
match_name(const void *a, const void *b, Size size)
{
	const DzKeyName *one = a;
	const DzKeyName *other = b;

	return one->lane != other->lane || strcmp(one->text, other->text) != 0;
}

void
DzKeysInit(void)
{
	HASHCTL ctl;

	ctl.keysize = sizeof(DzKeyName);
	ctl.entrysize = sizeof(DzKey);
	ctl.hash = hash_name;
	ctl.match = match_name;
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
DzKeyFind(DzLane *lane, const char *text)
{
	DzKeyName name = {lane, unconstify(char *, text)};

	return hash_search(keys, &name, HASH_FIND, NULL);
}

/* A key that is not there yet; nobody holds it. */
DzKey *
DzKeyMake(DzLane *lane, const char *text)
{
	DzKeyName name = {lane, MemoryContextStrdup(TopMemoryContext, text)};
	DzKey *key = hash_search(keys, &name, HASH_ENTER, NULL);

	key->name = name;
	lane->nkeys++;
	key->holder = NULL;
	key->after = 0;
	key->met = DZ_NOTHING;
	key->has_more = false;
	key->is_listed = false;
	return key;
}

/* The entry holds the key: it is the oldest that can be seen. */
void
DzKeyTake(DzKey *key, DzEntry *entry)
{
	if (key->is_listed)
		dlist_delete(&key->node);
	key->is_listed = false;
	entry->key = key;
	key->holder = entry;
	key->after = entry->id;
}

/* An entry of the key was seen, or goes back to the table: it has to wait. */
void
DzKeyWaits(DzKey *key, int64 id)
{
	key->has_more = true;
	key->after = Min(key->after, id - 1);
	key->met = Min(key->met, id);
}

/* Entries behind "after" were not looked at, of whatever key they are. */
void
DzKeysWait(int64 after)
{
	HASH_SEQ_STATUS seq;
	DzKey *key;

	hash_seq_init(&seq, keys);
	while ((key = hash_seq_search(&seq)) != NULL)
		DzKeyWaits(key, after + 1);
}

void
DzKeyRemove(DzKey *key)
{
	char *text = key->name.text;

	if (key->is_listed)
		dlist_delete(&key->node);
	key->name.lane->nkeys--;
	(void) hash_search(keys, &key->name, HASH_REMOVE, NULL);
	pfree(text);
}

/* An entry of a key that nobody holds was seen: whose turn is it? */
void
DzKeyMeet(DzLane *lane, const char *text, int64 id)
{
	DzKey *key = DzKeyMake(lane, text);

	key->met = id;
	DzKeyDefer(key);
}

/* Look for the key's next entry, now. */
void
DzKeyDefer(DzKey *key)
{
	key->holder = NULL;
	key->has_more = true;
	if (!key->is_listed)
		dlist_push_tail(&advancing, &key->node);
	key->is_listed = true;
	urgent = true;
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
DzKeysAreListed(void)
{
	return !dlist_is_empty(&advancing) || !dlist_is_empty(&stuck);
}

bool
DzKeysAreUrgent(void)
{
	return urgent;
}

/* A round begins: those that were stuck in the last one have their turn. */
void
DzKeysAdvance(void)
{
	while (!dlist_is_empty(&stuck))
		dlist_push_tail(&advancing, dlist_pop_head_node(&stuck));
	urgent = false;
}

/*
 * The first of those that are to be advanced; NULL if there is none.  It stays
 * listed until it is taken, removed or stuck: what is thrown loses no key.
 */
DzKey *
DzKeyNextToAdvance(void)
{
	if (dlist_is_empty(&advancing))
		return NULL;
	return dlist_container(DzKey, node, dlist_head_node(&advancing));
}

/* A round ends: those that it had no room for have their turn at once. */
void
DzKeysEnd(void)
{
	urgent |= !dlist_is_empty(&advancing);
}

/* The key cannot go on in this round. */
void
DzKeyStuck(DzKey *key)
{
	dlist_delete(&key->node);
	dlist_push_tail(&stuck, &key->node);
}
