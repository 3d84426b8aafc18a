/*-------------------------------------------------------------------------
 *
 * skew.h
 *		How far this machine's clock is from the service's.
 *
 * Pure.  A signature holds the time, and the service refuses one that is more
 * than some minutes off.  Each answer tells the service's time; a request that
 * was refused is repeated if the time may be the reason.  Source of the rules:
 * the specification that the SDKs followed in July 2026.
 *
 * Wording:  a *skew* is what has to be added to our clock to get the
 * service's, in microseconds.  It is kept for each endpoint.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_AWS_SKEW_H
#define DATAZONE_AWS_SKEW_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Measure the skew from an answer.  "date" is its header Date (or NULL),
 * "has_age" whether it has a header Age; the times are our clock's, without
 * any skew.  False: nothing can be learned from this one, and the former skew
 * stays: no date, an answer of a cache, or one that took over 15 minutes.
 */
extern bool DzSkewMeasure(const char *date, bool has_age, int64_t sent_us,
						  int64_t received_us, int64_t *skew_us);

/*
 * Whether a refusal with this error code may be due to the clock: "measured"
 * came with the refusal, "applied" is what the refused request was signed
 * with.  Such a request is repeated like after a transient failure.
 */
extern bool DzSkewExplains(const char *code, int64_t measured_us,
						   int64_t applied_us);

/*
 * What is known of an endpoint.  Measured with every answer; what requests
 * are signed with changes only when a refusal says that it has to, so that a
 * proxy whose answers tell a wrong time does no harm.  Zeroed = nothing.
 */
typedef struct DzSkew
{
	bool is_measured;
	int64_t measured_us; /* with the last answer */
	int64_t applied_us; /* to the time that requests are signed with */
} DzSkew;

/* An answer with the skew of DzSkewMeasure() has come. */
extern void DzSkewNote(DzSkew *skew, int64_t measured_us);

/*
 * A request that was signed with "applied_us" was refused with this error
 * code, and the answer's skew is noted.  True: the time may be the reason, the
 * correction has changed, and the request is to be repeated.
 */
extern bool DzSkewCorrect(DzSkew *skew, const char *code, int64_t applied_us);

#endif /* DATAZONE_AWS_SKEW_H */
