/*-------------------------------------------------------------------------
 *
 * shared.c
 *		The segment of shared memory: asked for, laid out, found again.
 *
 * It is asked for while the postmaster loads libraries and made once, under
 * AddinShmemInitLock; after a crash PostgreSQL makes all shared memory anew,
 * and this with it.  Each process finds its parts by adding sizes: the
 * segment holds numbers only.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/shmem.h"
#include "utils/guc.h"

#include "compat.h"
#include "shared/segment.h"

#define TRANCHE "datazone"

int DzMaxDatabases = 64;

static shmem_request_hook_type next_request_hook = NULL;
static shmem_startup_hook_type next_startup_hook = NULL;
static DzSegment *segment = NULL;
static LWLockPadded *locks = NULL;

/*
 * Where the parts begin.  MAXALIGN() would not do: on 32-bit systems it may be
 * four, and atomic numbers of 64 bits want eight.
 */
static Size
slots_offset(void)
{
	return CACHELINEALIGN(sizeof(DzSegment));
}

static Size
buckets_offset(int nslots)
{
	return slots_offset() + CACHELINEALIGN(mul_size(nslots, sizeof(DzSlot)));
}

static Size
ledger_offset(int nslots)
{
	return buckets_offset(nslots) +
		   CACHELINEALIGN(DZ_BUCKETS * sizeof(DzBucket));
}

static Size
processes_offset(int nslots)
{
	return ledger_offset(nslots) + MAXALIGN(DZ_LEDGER * sizeof(DzLedgerEntry));
}

static Size
regulators_offset(int nslots, int nprocesses)
{
	return add_size(
		processes_offset(nslots),
		CACHELINEALIGN(mul_size(nprocesses, sizeof(DzProcessEntry))));
}

static Size
vault_offset(int nslots, int nprocesses)
{
	return regulators_offset(nslots, nprocesses) +
		   CACHELINEALIGN(DZ_REGULATORS * sizeof(DzRegulatorEntry));
}

static int
vault_count(void)
{
	return Min(Max(MaxBackends, DZ_MIN_VAULT), DZ_MAX_VAULT);
}

static Size
segment_size(void)
{
	return add_size(vault_offset(DzMaxDatabases, MaxBackends),
					mul_size(vault_count(), sizeof(DzVaultEntry)));
}

static void
request_segment(void)
{
	if (next_request_hook != NULL)
		next_request_hook();

	RequestAddinShmemSpace(segment_size());
	RequestNamedLWLockTranche(TRANCHE, DZ_LOCK_COUNT);
}

static void
lay_out(DzSegment *new)
{
	DzSlot *slots;

	memset(new, 0, segment_size());
	new->launcher_process = DZ_NO_PROCESS;
	ConditionVariableInit(&new->worker_left);
	new->nslots = DzMaxDatabases;
	new->nprocesses = MaxBackends;
	new->nvault = vault_count();
	new->vault_wipe_us = PG_INT64_MAX;
	DzVaultLayOut(
		(DzVaultEntry *) ((char *) new +
						  vault_offset(new->nslots, new->nprocesses)),
		new->nvault);

	slots = (DzSlot *) ((char *) new + slots_offset());
	for (int i = 0; i < new->nslots; i++)
	{
		DzSlot *slot = &slots[i];

		slot->worker_process = DZ_NO_PROCESS;
		pg_atomic_init_u32(&slot->wakes, 0);
		pg_atomic_init_u32(&slot->watched, 0);
		pg_atomic_init_u32(&slot->failing, 0);
		pg_atomic_init_u32(&slot->held, 0);
		pg_atomic_init_u32(&slot->followed, 0);
		pg_atomic_init_u32(&slot->in_flight, 0);
		pg_atomic_init_u64(&slot->lineage_errors, 0);
		pg_atomic_init_u64(&slot->lineage_cut, 0);
		pg_atomic_init_u64(&slot->queue_depth, 0);
		pg_atomic_init_u64(&slot->queue_failed, 0);
		pg_atomic_init_u64(&slot->queue_held, 0);
		pg_atomic_init_u64(&slot->queue_oldest, 0);
		pg_atomic_init_u32(&slot->queue_is_counted, 0);
		pg_atomic_init_u64(&slot->number_next, 0);
		pg_atomic_init_u64(&slot->number_end, 0);
		pg_atomic_init_u32(&slot->number_sequence, InvalidOid);
		pg_atomic_init_u32(&slot->number_forbidden, 0);
		pg_atomic_init_u64(&slot->requests, 0);
		pg_atomic_init_u64(&slot->retries, 0);
		pg_atomic_init_u64(&slot->throttles, 0);
		for (int kind = 0; kind < DZ_FAILURE_CLASSES; kind++)
			pg_atomic_init_u64(&slot->failures[kind], 0);
		pg_atomic_init_u64(&slot->bytes_sent, 0);
		pg_atomic_init_u64(&slot->bytes_received, 0);
		pg_atomic_init_u64(&slot->calls, 0);
		pg_atomic_init_u64(&slot->latency_us, 0);
		pg_atomic_init_u64(&slot->max_latency_us, 0);
	}
}

static void
wipe_vault(int code, Datum arg)
{
	DzVaultWipe();
}

static void
find_segment(void)
{
	bool found;

	if (next_startup_hook != NULL)
		next_startup_hook();

	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	segment = ShmemInitStruct(TRANCHE, segment_size(), &found);
	if (!found)
		lay_out(segment);
	locks = GetNamedLWLockTranche(TRANCHE);
	LWLockRelease(AddinShmemInitLock);

	/* before PostgreSQL gives the memory back: no secret is left in it */
	if (!IsUnderPostmaster)
		on_shmem_exit(wipe_vault, (Datum) 0);
}

/* Called at load.  Without preloading there is nothing to share. */
void
DzSharedInit(void)
{
	DzRegulatorsInit();
	if (!process_shared_preload_libraries_in_progress)
		return;

	DefineCustomIntVariable(
		"datazone.max_databases",
		"Databases of the cluster that a datazone worker can serve.",
		"Each takes less than a kilobyte of shared memory, and a background "
		"worker process (max_worker_processes) while it has the extension.",
		&DzMaxDatabases, 64, 1, 10000, PGC_POSTMASTER, 0, NULL, NULL, NULL);

	next_request_hook = shmem_request_hook;
	shmem_request_hook = request_segment;
	next_startup_hook = shmem_startup_hook;
	shmem_startup_hook = find_segment;
}

bool
DzSharedIsThere(void)
{
	return segment != NULL;
}

void
DzRequirePreload(const char *what)
{
	if (segment == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("%s needs the datazone background worker", what),
				 errhint("Add datazone to shared_preload_libraries and "
						 "restart the server.")));
}

DzSegment *
DzSegmentOf(void)
{
	return segment;
}

DzSlot *
DzSegmentSlots(void)
{
	return (DzSlot *) ((char *) segment + slots_offset());
}

DzBucket *
DzSegmentBuckets(void)
{
	return (DzBucket *) ((char *) segment + buckets_offset(segment->nslots));
}

DzLedgerEntry *
DzSegmentLedger(void)
{
	return (DzLedgerEntry *) ((char *) segment +
							  ledger_offset(segment->nslots));
}

DzProcessEntry *
DzSegmentProcesses(void)
{
	return (DzProcessEntry *) ((char *) segment +
							   processes_offset(segment->nslots));
}

DzRegulatorEntry *
DzSegmentRegulators(void)
{
	return (DzRegulatorEntry *) ((char *) segment +
								 regulators_offset(segment->nslots,
												   segment->nprocesses));
}

DzVaultEntry *
DzSegmentVault(void)
{
	return (
		DzVaultEntry *) ((char *) segment +
						 vault_offset(segment->nslots, segment->nprocesses));
}

LWLock *
DzSegmentLock(DzSharedLock which)
{
	return &locks[which].lock;
}
