"""operations_metadata.py: metadata generation runs.

They age like data source runs, by lifecycle time; rules that tests set
decide how they end.
"""
import re

from . import members as m
from .clock import SECOND
from .errors import not_found, validation
from .paging import Pager
from .registry import body, label, operation, query
from .shapes import List, Str, Struct

_RUNS = "/v2/domains/{domainIdentifier}/metadata-generation-runs"
_TYPE = Str(enum=("BUSINESS_DESCRIPTIONS", "BUSINESS_NAMES",
                  "BUSINESS_GLOSSARY_ASSOCIATIONS"))
# The model allows two types, the API reference shows a success with three.
_TYPES = List(_TYPE, 1, 3)
_STATUS = Str(enum=("SUBMITTED", "IN_PROGRESS", "CANCELED", "SUCCEEDED",
                    "FAILED", "PARTIALLY_SUCCEEDED"))
_TARGET = Struct(required="type identifier", type=Str(enum=("ASSET",)),
                 identifier=m.TEXT, revision=m.REVISION)
_SUPPORTED = ("GlueTable", "GlueView", "RedshiftTable", "RedshiftView")


class MetadataRun:
    """One run; its state follows from the clock."""

    def __init__(self, identifier, seq, target, types, project_id):
        self.id = identifier
        self.seq = seq
        self.target = target
        self.types = types
        self.project_id = project_id
        self.created = 0
        self.created_by = ""
        self.start_life = self.stop_life = None
        self.canceled = False
        self.outcome = "SUCCEEDED"
        self.failures = {}

    def status(self, clock):
        if self.canceled:
            return "CANCELED"
        life = clock.lifecycle()
        if self.start_life is None or life < self.start_life:
            return "SUBMITTED"
        if self.stop_life is None or life < self.stop_life:
            return "IN_PROGRESS"
        return self.outcome

    def describe(self, call, detail):
        """Members of the API; "detail" is start, get or list."""
        status = self.status(call.world.clock)
        shown = {"domainId": call.domain.id, "id": self.id,
                 "status": status, "types": self.types,
                 "createdAt": call.epoch(self.created),
                 "createdBy": self.created_by,
                 "owningProjectId": self.project_id}
        if len(self.types) == 1:
            shown["type"] = self.types[0]
        if detail != "start":
            shown["target"] = self.target
        if detail == "get":
            shown["typeStats"] = [self._statistics(kind, status)
                                  for kind in self.types]
        return shown

    def _statistics(self, kind, status):
        shown = {"type": kind, "status": status}
        if status in ("FAILED", "PARTIALLY_SUCCEEDED"):
            failed = status == "FAILED" or kind in self.failures
            shown["status"] = "FAILED" if failed else "SUCCEEDED"
            if failed:
                shown["errorMessage"] = self.failures.get(
                    kind, "The model gave no usable answer.")
        return shown


def _apply_rules(call, run):
    """The first rule whose target fits decides the end and the pace."""
    submitted = call.settings["metadata_submitted_seconds"]
    running = call.settings["metadata_running_seconds"]
    stays = None
    for rule in call.world.metadata_rules:
        if rule.get("count") == 0 or not re.search(
                rule.get("target", ""), run.target["identifier"]):
            continue
        if rule.get("count"):
            rule["count"] -= 1
        submitted = rule.get("submitted_seconds", submitted)
        running = rule.get("running_seconds", running)
        status = rule.get("status", "SUCCEEDED")
        if status in ("SUBMITTED", "IN_PROGRESS"):
            stays = status
        else:
            run.outcome = status
        run.failures = dict(rule.get("failures", {}))
        break
    life = call.world.clock.lifecycle()
    if stays != "SUBMITTED":
        run.start_life = life + int(submitted * SECOND)
        if stays is None:
            run.stop_life = run.start_life + int(running * SECOND)


@operation("StartMetadataGenerationRun", "POST", _RUNS, 200,
           label("domainIdentifier", m.DOMAIN_ID),
           body("type", _TYPE),
           body("types", _TYPES),
           body("target", _TARGET, required=True),
           body("clientToken", m.CLIENT_TOKEN, token=True),
           body("owningProjectIdentifier", m.ID, required=True))
def start_metadata_generation_run(call):
    params = call.params
    target = params["target"]
    types = params.get("types") or [params.get("type")]
    if types == [None]:
        raise validation("Either type or types must be provided.")
    asset = call.domain.assets.get(target["identifier"])
    if asset is None:
        raise not_found("The given Asset doesn't exist. Try creating Asset "
                        "before accessing it.")
    if params["owningProjectIdentifier"] not in call.domain.projects:
        raise not_found("Requested project cannot be found in domain")
    if not any(word in asset.members["typeIdentifier"]
               for word in _SUPPORTED):
        raise validation("Metadata Descriptions Generation is not supported "
                         "for input asset type")
    run = MetadataRun(call.world.new_id("metadata"), call.world.next_seq(),
                      dict(target), list(types),
                      params["owningProjectIdentifier"])
    run.created = call.world.clock.now()
    run.created_by = call.identity.name
    _apply_rules(call, run)
    call.domain.metadata_runs[run.id] = run
    call.effect(run.id, target=target["identifier"])
    return run.describe(call, "start")


def _run_of(call):
    run = call.domain.metadata_runs.get(call.params["identifier"])
    if run is None:
        raise not_found("Requested metadataGenerationRun cannot be found in "
                        "domain")
    return run


@operation("GetMetadataGenerationRun", "GET", _RUNS + "/{identifier}", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID),
           query("type", _TYPE))
def get_metadata_generation_run(call):
    run = _run_of(call)
    shown = run.describe(call, "get")
    kind = call.params.get("type")
    if kind is not None:
        shown["typeStats"] = [entry for entry in shown["typeStats"]
                              if entry["type"] == kind]
    return shown


@operation("ListMetadataGenerationRuns", "GET", _RUNS, 200,
           label("domainIdentifier", m.DOMAIN_ID),
           query("status", _STATUS),
           query("type", _TYPE),
           query("nextToken", m.NEXT_TOKEN),
           query("maxResults", m.MAX_RESULTS),
           query("targetIdentifier", m.ID), paging="items")
def list_metadata_generation_runs(call):
    params = call.params
    clock = call.world.clock

    def accept(run):
        return (params.get("status") in (None, run.status(clock))
                and (params.get("type") is None
                     or params["type"] in run.types)
                and params.get("targetIdentifier") in (
                    None, run.target["identifier"]))

    pager = Pager(call.settings, call.name, params)
    page, token = pager.cut(list(call.domain.metadata_runs.values()), accept,
                            backward=True)
    answer = {"items": [run.describe(call, "list") for run in page]}
    if token is not None:
        answer["nextToken"] = token
    return answer


@operation("CancelMetadataGenerationRun", "POST",
           _RUNS + "/{identifier}/cancel", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID))
def cancel_metadata_generation_run(call):
    run = _run_of(call)
    status = run.status(call.world.clock)
    if status not in ("SUBMITTED", "IN_PROGRESS"):
        raise validation("The MetadataGenerationRun in %s status cannot be "
                         "canceled." % status)
    run.canceled = True
    call.effect(run.id)
    return {}
