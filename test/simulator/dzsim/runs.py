"""runs.py: data source runs and how they age.

A live run stores the lifecycle times at which it starts and stops and the
outcome it will have; its state at any moment follows from the clock, so that
no timer is needed and 10,000 sources cost nothing while nobody asks.  What
has ended is frozen into the run, with the service time at which it ended.
"""
import hashlib

from .clock import SECOND, iso

FINAL = ("SUCCESS", "PARTIALLY_SUCCEEDED", "FAILED")
STATISTICS = ("added", "updated", "unchanged", "skipped", "failed")
ERROR_DETAILS = (
    ("ACCESS_DENIED_EXCEPTION",
     "The data access role may not read the secret of the cluster."),
    ("RESOURCE_NOT_FOUND_EXCEPTION",
     "Schema \"sales_2024\" does not exist in database \"retail\"."),
    ("THROTTLING_EXCEPTION",
     "The metadata store refused the request: rate exceeded."),
    ("VALIDATION_EXCEPTION",
     "Table \"orders_old\" has no columns."),
    ("INTERNAL_SERVER_EXCEPTION",
     "The crawler stopped before the last table."),
    ("CONFLICT_EXCEPTION",
     "Asset \"returns\" is being changed by another run."),
    ("SERVICE_QUOTA_EXCEEDED_EXCEPTION",
     "The domain holds the maximum number of assets."),
)


def draw(*parts):
    """A number that depends on the parts alone: the seed of all variety."""
    text = "/".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


class Run:
    """One run; times in microseconds."""

    __slots__ = ("id", "seq", "source", "kind", "created", "created_life",
                 "start_life", "stop_life", "started", "stopped", "final",
                 "outcome", "snapshot", "token", "by")

    def __init__(self, identifier, seq, source, kind, created, outcome):
        self.id = identifier
        self.seq = seq
        self.source = source
        self.kind = kind
        self.created = created
        self.created_life = None
        self.start_life = self.stop_life = None
        self.started = self.stopped = None
        self.final = None
        self.outcome = outcome
        self.snapshot = None
        self.token = None
        self.by = None

    def status(self, clock):
        """The state now; freezes times that have passed."""
        if self.final is not None:
            return self.final
        life = clock.lifecycle()
        if self.start_life is None or life < self.start_life:
            return "REQUESTED"
        if self.started is None:
            self.started = clock.when(self.start_life)
        if self.stop_life is None or life < self.stop_life:
            return "RUNNING"
        self.stopped = clock.when(self.stop_life)
        self.final = self.outcome["status"]
        return self.final

    def updated(self):
        return self.stopped or self.started or self.created

    def describe(self, clock, detail):
        """Members of the API; "detail" is start, get or list."""
        status = self.status(clock)
        shown = {"id": self.id, "dataSourceId": self.source.id,
                 "projectId": self.source.project_id, "type": self.kind,
                 "status": status, "createdAt": iso(self.created),
                 "updatedAt": iso(self.updated())}
        if self.started is not None:
            shown["startedAt"] = iso(self.started)
        if self.stopped is not None:
            shown["stoppedAt"] = iso(self.stopped)
        if status in FINAL:
            self._describe_outcome(shown, detail)
        elif status == "RUNNING":
            shown["runStatisticsForAssets"] = dict.fromkeys(STATISTICS, 0)
            if detail != "start" and self.outcome.get("lineageSummary"):
                shown["lineageSummary"] = {"importStatus": "IN_PROGRESS"}
        if detail != "list":
            shown["domainId"] = self.source.domain_id
            if self.snapshot is not None:
                shown["dataSourceConfigurationSnapshot"] = self.snapshot
        return shown

    def _describe_outcome(self, shown, detail):
        for member in ("runStatisticsForAssets", "errorMessage"):
            if self.outcome.get(member) is not None:
                shown[member] = self.outcome[member]
        if detail != "start" and self.outcome.get("lineageSummary"):
            shown["lineageSummary"] = self.outcome["lineageSummary"]

    def asset_count(self):
        statistics = self.outcome.get("runStatisticsForAssets") or {}
        return sum(statistics.get(k, 0) for k in ("added", "updated",
                                                  "unchanged"))


def seeded_outcome(source_id, number):
    """The outcome of a source's n-th run where nothing was scripted."""
    luck = draw("outcome", source_id, number)
    statistics = {"added": luck % 7, "updated": luck // 7 % 11,
                  "unchanged": 20 + luck // 77 % 60,
                  "skipped": luck // 5000 % 3, "failed": 0}
    outcome = {"status": "SUCCESS", "runStatisticsForAssets": statistics,
               "lineageSummary": {"importStatus": "SUCCESS"}}
    kind = luck // 100000 % 12
    if kind == 0:
        error = ERROR_DETAILS[luck // 1200000 % len(ERROR_DETAILS)]
        outcome = failed_outcome(*error)
    elif kind == 1:
        statistics["failed"] = 1 + luck // 1200000 % 4
        outcome["status"] = "PARTIALLY_SUCCEEDED"
        outcome["lineageSummary"] = {"importStatus": "PARTIALLY_SUCCEEDED"}
    return outcome


def failed_outcome(error_type, error_detail):
    return {"status": "FAILED",
            "runStatisticsForAssets": dict.fromkeys(STATISTICS, 0),
            "errorMessage": {"errorType": error_type,
                             "errorDetail": error_detail},
            "lineageSummary": {"importStatus": "FAILED"}}


def outcome_from(given, source_id, number):
    """A scripted outcome completed by the seeded one."""
    outcome = dict(seeded_outcome(source_id, number))
    status = given.get("status")
    if status in FINAL and status != outcome["status"]:
        if status == "FAILED":
            error = ERROR_DETAILS[number % len(ERROR_DETAILS)]
            outcome = failed_outcome(*error)
        else:
            outcome.pop("errorMessage", None)
            statistics = dict.fromkeys(STATISTICS, 1)
            statistics["failed"] = int(status != "SUCCESS")
            outcome.update(status=status, runStatisticsForAssets=statistics,
                           lineageSummary={"importStatus": status})
    for member in ("runStatisticsForAssets", "errorMessage",
                   "lineageSummary"):
        if member in given:
            outcome[member] = given[member]
    return outcome


def durations(settings, source, number, given):
    """(microseconds requested, microseconds running) of a live run."""
    luck = draw("duration", source.id, number)
    requested = given.get("requested_seconds", source.requested_seconds)
    if requested is None:
        requested = settings["requested_seconds"]
    running = given.get("running_seconds", source.running_seconds)
    if running is None:
        base = settings["running_seconds"]
        running = base * (0.75 + luck % 1000 / 2000.0)
    return int(requested * SECOND), int(running * SECOND)
