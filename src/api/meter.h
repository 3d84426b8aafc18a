/*-------------------------------------------------------------------------
 *
 * meter.h
 *		Inside of the API room: what calls take from buckets and add to
 *		counters.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_API_METER_H
#define DATAZONE_API_METER_H

#include "api/api.h"

extern void DzMeterDraw(const DzAwsClient *client, const DzOperation *op);
extern void DzMeterThrottled(const DzAwsClient *client, const DzOperation *op);
extern void DzMeterCount(const DzAwsReply *reply, int sqlstate);

#endif /* DATAZONE_API_METER_H */
