"""operations_runs.py: runs of data sources."""
import zlib

from . import members as m
from .clock import SECOND, iso
from .errors import conflict, not_found, quota
from .paging import Pager
from .registry import body, label, operation, query
from .runs import STATISTICS, draw

_DAY = 86400 * SECOND
_RUNS = ("/v2/domains/{domainIdentifier}/data-sources"
         "/{dataSourceIdentifier}/runs")
_RUN = "/v2/domains/{domainIdentifier}/data-source-runs/{identifier}"


def source_of(call, name):
    source = call.domain.sources.get(call.params[name])
    if source is None:
        raise not_found("Requested dataSource cannot be found in domain")
    return source


def run_of(call):
    run = call.domain.runs.get(call.params["identifier"])
    if run is None:
        raise not_found("Requested dataSourceRun cannot be found in domain")
    return run


def _shuffled(run):
    return zlib.crc32(run.id.encode()) * 4294967296 + run.seq


@operation("ListDataSourceRuns", "GET", _RUNS, 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("dataSourceIdentifier", m.ID),
           query("status", m.RUN_STATUS),
           query("nextToken", m.NEXT_TOKEN),
           query("maxResults", m.MAX_RESULTS), paging="items")
def list_data_source_runs(call):
    source = source_of(call, "dataSourceIdentifier")
    clock = call.world.clock
    pager = Pager(call.settings, call.name, call.params)
    status = call.params.get("status")
    runs = source.runs if status is None else source.by_status(clock, status)
    order = call.settings["run_order"]
    page, token = pager.cut(runs, backward=order == "newest_first",
                            order=_shuffled if order == "unordered" else None)
    answer = {"items": [run.describe(clock, "list") for run in page]}
    if token is not None:
        answer["nextToken"] = token
    return answer


@operation("StartDataSourceRun", "POST", _RUNS, 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("dataSourceIdentifier", m.ID),
           body("clientToken", m.TEXT, token=True))
def start_data_source_run(call):
    source = source_of(call, "dataSourceIdentifier")
    clock = call.world.clock
    status = source.status(clock)
    if status == "RUNNING" and call.settings["conflict_while_running"]:
        raise conflict("Data source %s is already running." % source.id)
    if status not in ("READY", "RUNNING"):
        raise conflict("Data source %s is in %s status and cannot be run."
                       % (source.id, status))
    limit = call.settings["runs_per_day"]
    if limit and source.started_since(clock.lifecycle() - _DAY) >= limit:
        raise quota("You have reached the limit of %d data source runs per "
                    "data source per day." % limit)
    run = call.world.start_run(call.domain, source)
    run.token = call.token
    run.by = call.identity.name
    call.effect(run.id, dataSourceId=source.id)
    return run.describe(clock, "start")


@operation("GetDataSourceRun", "GET", _RUN, 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID))
def get_data_source_run(call):
    return run_of(call).describe(call.world.clock, "get")


_ACTIVITIES = {"added": "SUCCEEDED_CREATED", "updated": "SUCCEEDED_UPDATED",
               "unchanged": "UNCHANGED", "failed": "FAILED"}
_SKIPPED = ("SKIPPED_ALREADY_IMPORTED", "SKIPPED_ARCHIVED",
            "SKIPPED_NO_ACCESS")


class _Activity:
    """What a run did with one asset; derived from the run's statistics."""

    __slots__ = ("seq", "status", "run")

    def __init__(self, seq, status, run):
        self.seq = seq
        self.status = status
        self.run = run

    def describe(self):
        run = self.run
        name = "%s_%03d" % (run.source.id, self.seq)
        moment = iso(run.stopped or run.updated())
        shown = {"database": "retail", "dataSourceRunId": run.id,
                 "technicalName": name, "dataAssetStatus": self.status,
                 "projectId": run.source.project_id, "createdAt": moment,
                 "updatedAt": moment}
        if self.status == "FAILED":
            shown["errorMessage"] = {
                "errorType": "VALIDATION_EXCEPTION",
                "errorDetail": "Table \"%s\" could not be read." % name}
        else:
            shown["dataAssetId"] = "ast%011d" % (
                draw(run.source.id, self.seq) % 10 ** 11)
            shown["technicalDescription"] = "Table %s of %s" % (
                name, run.source.name)
            shown["lineageSummary"] = {"eventStatus": "SUCCESS"}
        return shown


def _activities(run, clock):
    if run.status(clock) not in ("SUCCESS", "PARTIALLY_SUCCEEDED", "FAILED"):
        return []
    statistics = run.outcome.get("runStatisticsForAssets") or {}
    found = []
    for member in STATISTICS:
        for number in range(statistics.get(member, 0)):
            status = _ACTIVITIES.get(member) or _SKIPPED[number % 3]
            found.append(_Activity(len(found) + 1, status, run))
    return found


@operation("ListDataSourceRunActivities", "GET", _RUN + "/activities", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID),
           query("status", m.ACTIVITY_STATUS),
           query("nextToken", m.NEXT_TOKEN),
           query("maxResults", m.MAX_RESULTS), paging="items")
def list_data_source_run_activities(call):
    run = run_of(call)
    wanted = call.params.get("status")
    pager = Pager(call.settings, call.name, call.params)
    page, token = pager.cut(
        _activities(run, call.world.clock),
        accept=lambda a: wanted is None or a.status == wanted)
    answer = {"items": [activity.describe() for activity in page]}
    if token is not None:
        answer["nextToken"] = token
    return answer
