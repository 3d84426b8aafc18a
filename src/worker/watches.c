/*-------------------------------------------------------------------------
 *
 * watches.c
 *		datazone_watched_data_source, and the sources made from it.
 *
 * The table is read as a whole when it has changed, but once a second at
 * most: ten thousand rows take some milliseconds.  Sources that are still
 * there go on as they are; what an unwatched one has under way is given up.
 *
 * What a source has to say (last_sync_at, last_error) is written for many at
 * once, within a second: at once where an error came or went, else for a
 * hundred sources a second at most, since nobody reads ten thousand so often
 * and each is a new version of a row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "worker/engine.h"

#define SAVE_SOON_US DZ_SECOND_US
#define SAVE_EACH_US (DZ_SECOND_US / 100) /* a source's share of a round */
#define SAVE_BATCH 1000
#define SAVE_AGAIN_US (5 * DZ_SECOND_US) /* after one that failed */

/* A key points to the strings of its source. */
typedef struct SourceKey
{
	const char *server;
	const char *domain;
	const char *id;
} SourceKey;

typedef struct SourceEntry
{
	SourceKey key; /* must be first */
	DzSource *source;
} SourceEntry;

static HTAB *sources;
static int nfailing = 0; /* of them, those that have a last_error */
static int nheld = 0; /* watches that are none of them */
static uint64 generation = 0;
static bool has_open_runs =
	false; /* what an earlier worker has left is read */
static dlist_head unsaved = DLIST_STATIC_INIT(unsaved);
static int64 save_at_us = -1; /* -1: nothing to save */
static bool save_has_failed = false; /* the last time */

static uint32
hash_key(const void *key, Size size)
{
	const SourceKey *k = key;
	uint32 hash = string_hash(k->server, NAMEDATALEN);

	hash = hash_combine(hash, string_hash(k->domain, NAMEDATALEN));
	return hash_combine(hash, string_hash(k->id, NAMEDATALEN));
}

static int
match_key(const void *a, const void *b, Size size)
{
	const SourceKey *x = a;
	const SourceKey *y = b;

	return strcmp(x->server, y->server) != 0 ||
		   strcmp(x->domain, y->domain) != 0 || strcmp(x->id, y->id) != 0;
}

void
DzWatchesInit(void)
{
	HASHCTL ctl;

	ctl.keysize = sizeof(SourceKey);
	ctl.entrysize = sizeof(SourceEntry);
	ctl.hash = hash_key;
	ctl.match = match_key;
	ctl.hcxt = TopMemoryContext;
	sources =
		hash_create("datazone sources", 128, &ctl,
					HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);
}

int
DzWatchesCount(void)
{
	return (int) hash_get_num_entries(sources);
}

/* Fill in what concerns watches. */
void
DzWatchesGauge(DzWorkerGauges *gauges)
{
	gauges->watched = DzWatchesCount();
	gauges->failing = nfailing;
	gauges->held = nheld;
}

/* A source begins to fail, or no longer does. */
void
DzSourceFails(bool now)
{
	nfailing += now ? 1 : -1;
}

/* ----------
 * Reading
 * ----------
 */

/* the columns that are read, in their order */
enum
{
	COL_SERVER = 1,
	COL_DOMAIN,
	COL_ID,
	COL_ROLE,
	COL_EVERY,
	COL_SERVER_ID,
	COL_LAST_SYNC,
	COL_LAST_ERROR
};

static char *
row_text(SPITupleTable *rows, int row, int column)
{
	return SPI_getvalue(rows->vals[row], rows->tupdesc, column);
}

static Datum
row_datum(SPITupleTable *rows, int row, int column, bool *isnull)
{
	return SPI_getbinval(rows->vals[row], rows->tupdesc, column, isnull);
}

static DzSource *
make_source(const SourceKey *key)
{
	DzSource *source =
		MemoryContextAllocZero(TopMemoryContext, sizeof(DzSource));

	source->server = MemoryContextStrdup(TopMemoryContext, key->server);
	source->domain = MemoryContextStrdup(TopMemoryContext, key->domain);
	source->id = MemoryContextStrdup(TopMemoryContext, key->id);
	return source;
}

static int64
interval_us(const Interval *interval)
{
	return interval->time + interval->day * USECS_PER_DAY +
		   interval->month * (DAYS_PER_MONTH * USECS_PER_DAY);
}

static void
drop_source(SourceEntry *entry)
{
	DzSource *source = entry->source;

	(void) hash_search(sources, &entry->key, HASH_REMOVE, NULL);
	if (source->unsaved)
		dlist_delete(&source->unsaved_node);
	DzSourceFree(source);
	pfree(source);
}

/* A row of the table: a new source, or one that we know. */
static void
take_row(SPITupleTable *rows, int row)
{
	SourceKey key = {row_text(rows, row, COL_SERVER),
					 row_text(rows, row, COL_DOMAIN),
					 row_text(rows, row, COL_ID)};
	bool isnull;
	Oid role = DatumGetObjectId(row_datum(rows, row, COL_ROLE, &isnull));
	Oid serverid =
		DatumGetObjectId(row_datum(rows, row, COL_SERVER_ID, &isnull));
	int64 every = interval_us(
		DatumGetIntervalP(row_datum(rows, row, COL_EVERY, &isnull)));
	Datum synced = row_datum(rows, row, COL_LAST_SYNC, &isnull);
	SourceEntry *entry = hash_search(sources, &key, HASH_FIND, NULL);
	DzSource *source;

	/* taken over by another role or server: nothing of the old one holds */
	if (entry != NULL && (entry->source->job.role != role ||
						  entry->source->job.serverid != serverid))
	{
		drop_source(entry);
		entry = NULL;
	}

	if (entry == NULL)
	{
		source = make_source(&key);
		key = (SourceKey){source->server, source->domain, source->id};
		entry = hash_search(sources, &key, HASH_ENTER, NULL);
		entry->source = source;
		source->job.role = role;
		source->job.serverid = serverid;
		source->every_us = every;
		source->last_sync_at = isnull ? 0 : DatumGetTimestampTz(synced);
		DzSourceInit(source, row_text(rows, row, COL_LAST_ERROR));
	}
	else if (entry->source->every_us != every)
	{
		source = entry->source;
		source->every_us = every;
		if (source->job.place == DZ_JOB_ASLEEP)
			DzJobSleep(&source->job, 0);
	}
	else if (entry->source->last_error != NULL)
	{
		/* the row is new: it was ended and made again meanwhile */
		if (row_text(rows, row, COL_LAST_ERROR) == NULL)
			DzSourceChanged(entry->source, true);
		DzSourceTryAgain(entry->source);
	}
	entry->source->generation = generation;
}

/*
 * Watches of another origin came with a dump or a copy of the database: they
 * are held until somebody says that they are meant here, too.  So are those of
 * this one whose server is gone while there is another one of its name: a dump
 * was restored in place, or somebody made the server anew.
 */
static void
hold_strangers(void)
{
	Oid types[] = {INT8OID, OIDOID};
	Datum values[] = {Int64GetDatum(DzOriginSystem()),
					  ObjectIdGetDatum(MyDatabaseId)};

	if (SPI_execute_with_args(
			psprintf("UPDATE %s w SET state = 'held', last_sync_at = NULL, "
					 "last_error = CASE WHEN (origin_system_identifier, "
					 "origin_database_id) <> ($1, $2) THEN last_error "
					 "ELSE 'its foreign server was dropped and made anew' END "
					 "WHERE state <> 'held' AND ((origin_system_identifier, "
					 "origin_database_id) <> ($1, $2) "
					 "OR " DZ_WATCH_IS_LEFT_BEHIND ")",
					 DzTableName(DZ_WATCH_TABLE)),
			2, types, values, NULL, false, 0) != SPI_OK_UPDATE)
		elog(ERROR, "could not hold watches of another origin");
	if (SPI_processed > 0)
		ereport(LOG,
				(errmsg("datazone: " UINT64_FORMAT
						" watches that came from another database, or are of "
						"a foreign server that was made anew, are held",
						(uint64) SPI_processed),
				 errhint("datazone_resume() makes them active.")));
}

static void
count_held(void)
{
	bool isnull;

	if (SPI_execute(psprintf("SELECT count(*)::int FROM %s "
							 "WHERE state = 'held'",
							 DzTableName(DZ_WATCH_TABLE)),
					false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not count the watches that are held");
	nheld = DatumGetInt32(row_datum(SPI_tuptable, 0, 1, &isnull));
}

static void
read_table(void *arg)
{
	hold_strangers();
	DzWatchesFollowRenames();
	count_held();

	/* not as read-only, which would not see what was just held */
	if (SPI_execute(psprintf("SELECT server, domain_id, data_source_id, "
							 "role::oid, every, server_id, last_sync_at, "
							 "last_error FROM %s WHERE state = 'active'",
							 DzTableName(DZ_WATCH_TABLE)),
					false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the watches");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		take_row(SPI_tuptable, (int) i);
		CHECK_FOR_INTERRUPTS();
	}
}

/* Unfinished runs that an earlier worker has left. */
static void
read_open_runs(void *arg)
{
	if (SPI_execute(psprintf("SELECT server, domain_id, data_source_id, id "
							 "FROM %s WHERE status NOT IN "
							 "('SUCCESS', 'PARTIALLY_SUCCEEDED', 'FAILED')",
							 DzTableName(DZ_RUN_TABLE)),
					true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read unfinished runs");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		SourceKey key = {row_text(SPI_tuptable, (int) i, COL_SERVER),
						 row_text(SPI_tuptable, (int) i, COL_DOMAIN),
						 row_text(SPI_tuptable, (int) i, COL_ID)};
		SourceEntry *entry = NULL;

		if (key.id != NULL)
			entry = hash_search(sources, &key, HASH_FIND, NULL);
		if (entry != NULL)
			DzSourceAddOpenRun(entry->source,
							   row_text(SPI_tuptable, (int) i, COL_ROLE));
	}
}

/* Give all sources up. */
void
DzWatchesForget(void)
{
	HASH_SEQ_STATUS seq;
	SourceEntry *entry;

	hash_seq_init(&seq, sources);
	while ((entry = hash_seq_search(&seq)) != NULL)
		drop_source(entry);
	nheld = 0;
	has_open_runs = false;
}

/* Bring the sources in line with the table. */
void
DzWatchesRead(void)
{
	HASH_SEQ_STATUS seq;
	SourceEntry *entry;

	generation++;
	DzSqlRun(DZ_WATCH_TABLE, "reading watches", read_table, NULL);
	if (!has_open_runs)
		DzSqlRun(DZ_RUN_TABLE, "reading unfinished runs", read_open_runs,
				 NULL);
	has_open_runs = true;

	hash_seq_init(&seq, sources);
	while ((entry = hash_seq_search(&seq)) != NULL)
		if (entry->source->generation != generation)
			drop_source(entry);
}

/* ----------
 * Saving
 * ----------
 */

/* A batch of sources whose rows are to be updated. */
typedef struct SaveBatch
{
	int n;
	DzSource *sources[SAVE_BATCH];
	bool saved[SAVE_BATCH];
} SaveBatch;

static Datum
text_column(const SaveBatch *batch, const char *(*value)(const DzSource *) )
{
	Datum values[SAVE_BATCH];
	bool nulls[SAVE_BATCH];
	int dims[1] = {batch->n};
	int lbs[1] = {1};

	for (int i = 0; i < batch->n; i++)
	{
		const char *text = value(batch->sources[i]);

		nulls[i] = text == NULL;
		values[i] = text ? CStringGetTextDatum(text) : (Datum) 0;
	}
	return PointerGetDatum(construct_md_array(
		values, nulls, 1, dims, lbs, TEXTOID, -1, false, TYPALIGN_INT));
}

static Datum
time_column(const SaveBatch *batch)
{
	Datum values[SAVE_BATCH];
	bool nulls[SAVE_BATCH];
	int dims[1] = {batch->n};
	int lbs[1] = {1};

	for (int i = 0; i < batch->n; i++)
	{
		nulls[i] = batch->sources[i]->last_sync_at == 0;
		values[i] = TimestampTzGetDatum(batch->sources[i]->last_sync_at);
	}
	return PointerGetDatum(
		construct_md_array(values, nulls, 1, dims, lbs, TIMESTAMPTZOID,
						   sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* Under its name there may be another server's by now. */
static Datum
server_id_column(const SaveBatch *batch)
{
	Datum values[SAVE_BATCH];

	for (int i = 0; i < batch->n; i++)
		values[i] = ObjectIdGetDatum(batch->sources[i]->job.serverid);
	return PointerGetDatum(construct_array(values, batch->n, OIDOID,
										   sizeof(Oid), true, TYPALIGN_INT));
}

static const char *
get_server(const DzSource *source)
{
	return source->server;
}

static const char *
get_domain(const DzSource *source)
{
	return source->domain;
}

static const char *
get_id(const DzSource *source)
{
	return source->id;
}

static const char *
get_error(const DzSource *source)
{
	return source->last_error;
}

/*
 * A row that somebody has locked, with datazone_watch() in a transaction that
 * is not over, is passed over: no lock is waited for.  Those that were written
 * are marked as saved.
 */
static void
write_batch(void *arg)
{
	SaveBatch *batch = arg;
	Oid types[] = {TEXTARRAYOID,        TEXTARRAYOID, TEXTARRAYOID,
				   TIMESTAMPTZARRAYOID, TEXTARRAYOID, OIDARRAYOID};
	Datum values[] = {
		text_column(batch, get_server), text_column(batch, get_domain),
		text_column(batch, get_id),     time_column(batch),
		text_column(batch, get_error),  server_id_column(batch)};
	const char *table = DzTableName(DZ_WATCH_TABLE);

	if (SPI_execute_with_args(
			psprintf(
				"WITH free AS MATERIALIZED (SELECT w.ctid AS place, n.at, "
				"n.error, n.number::int "
				"FROM ROWS FROM (unnest($1), unnest($2), unnest($3), "
				"unnest($4), unnest($5), unnest($6)) WITH ORDINALITY "
				"n (server, domain, id, at, error, server_id, number) "
				"JOIN %s w ON w.server = n.server AND w.domain_id = n.domain "
				"AND w.data_source_id = n.id AND w.server_id = n.server_id "
				"FOR NO KEY UPDATE OF w SKIP LOCKED) "
				"UPDATE %s w SET last_sync_at = f.at, last_error = f.error "
				"FROM free f WHERE w.ctid = f.place RETURNING f.number",
				table, table),
			lengthof(types), types, values, NULL, false,
			0) != SPI_OK_UPDATE_RETURNING)
		elog(ERROR, "could not save what watches have to say");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool isnull;
		Datum number = row_datum(SPI_tuptable, (int) i, 1, &isnull);

		batch->saved[DatumGetInt32(number) - 1] = true;
	}
}

/* The error if that failed; what was not written stays to be saved. */
static ErrorData *
save_batch(SaveBatch *batch)
{
	int64 now = DzNowMonotonicUs();
	ErrorData *error;

	if (batch->n == 0)
		return NULL;
	memset(batch->saved, 0, sizeof(batch->saved));
	error = DzSqlTry(DZ_WATCH_TABLE, "saving watches", write_batch, batch);
	for (int i = 0; i < batch->n && error == NULL; i++)
	{
		DzSource *source = batch->sources[i];

		if (!batch->saved[i])
			continue;
		dlist_delete(&source->unsaved_node);
		source->unsaved = source->save_soon = false;
		source->saved_at_us = now;
	}
	batch->n = 0;
	return error;
}

/*
 * The source has something else to say than the table: write it within a
 * second if "soon", else with the next ones.
 */
void
DzSourceChanged(DzSource *source, bool soon)
{
	source->save_soon |= soon;
	if (!source->unsaved)
	{
		source->unsaved = true;
		dlist_push_tail(&unsaved, &source->unsaved_node);
	}
	if (save_at_us < 0)
		save_at_us = DzNowMonotonicUs() + SAVE_SOON_US;
}

/*
 * Write what sources have to say, those for which it is time.  The error if
 * that failed; it is then tried again after a while.
 */
ErrorData *
DzWatchesSave(void)
{
	SaveBatch *batch = palloc(sizeof(SaveBatch));
	int64 now = DzNowMonotonicUs();
	int64 period_us = DzWatchesCount() * SAVE_EACH_US;
	ErrorData *error = NULL;
	dlist_mutable_iter iter;

	batch->n = 0;
	dlist_foreach_modify (iter, &unsaved)
	{
		DzSource *source = dlist_container(DzSource, unsaved_node, iter.cur);

		if (source->save_soon || source->saved_at_us + period_us <= now)
			batch->sources[batch->n++] = source;
		if (batch->n == SAVE_BATCH)
			error = save_batch(batch);
		if (error != NULL)
			break;
	}
	if (error == NULL)
		error = save_batch(batch);
	pfree(batch);

	save_has_failed = error != NULL;
	save_at_us = dlist_is_empty(&unsaved)
					 ? -1
					 : DzNowMonotonicUs() +
						   (save_has_failed ? SAVE_AGAIN_US : SAVE_SOON_US);
	return error;
}

/*
 * Have the table say what the source does, before anything else happens.
 * False: it cannot be written just now.
 */
bool
DzSourceSave(DzSource *source)
{
	DzSourceChanged(source, true);
	if (!save_has_failed || DzWatchesSaveWaitUs() == 0)
		(void) DzWatchesSave();
	return !source->unsaved;
}

/* How long until DzWatchesSave() is to be called; -1: for ever. */
int64
DzWatchesSaveWaitUs(void)
{
	if (save_at_us < 0)
		return -1;
	return Max(save_at_us - DzNowMonotonicUs(), 0);
}
