/*-------------------------------------------------------------------------
 *
 * loop.h
 *		What http.c needs of the loop; other rooms use net.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef DATAZONE_LOOP_H
#define DATAZONE_LOOP_H

#include <curl/curl.h>
#include <signal.h>

extern CURLM *DzLoopMulti(void);
extern void DzLoopBlockSignals(sigset_t *saved);
extern void DzLoopRestoreSignals(const sigset_t *saved);
extern void DzLoopSettleDescriptors(void);
extern void DzLoopCountSocket(int change);

/* http.c: how many transfers are with libcurl */
extern int DzHttpUnderWay(void);

/* http.c: move finished transfers aside, then call their owners */
extern void DzHttpHarvest(CURLM *multi);
extern void DzHttpDispatch(void);

#endif /* DATAZONE_LOOP_H */
