"""operations_lineage.py: lineage events, accepted now and processed later.

Acceptance checks what an OpenLineage RunEvent must have; the verdict comes
with time, as in the service, and rules that tests set decide it.
"""
import hashlib
import re

from . import members as m
from .clock import SECOND, http_date, parse_iso
from .errors import not_found, validation
from .message import Response
from .paging import Pager
from .registry import header, label, operation, payload, query, read_json
from .errors import ServiceError
from .shapes import Blob

MAX_EVENT = 300000
_EVENTS = "/v2/domains/{domainIdentifier}/lineage/events"
_EVENT_TYPES = ("START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER")


class LineageEvent:
    """One accepted event; its verdict follows from the clock."""

    __slots__ = ("id", "seq", "domain_id", "body", "document", "event_time",
                 "created", "created_by", "process_life", "verdict_life",
                 "verdict")

    def __init__(self, identifier, seq, domain_id, body, document):
        self.id = identifier
        self.seq = seq
        self.domain_id = domain_id
        self.body = body
        self.document = document
        self.event_time = parse_iso(document["eventTime"])
        self.created = 0
        self.created_by = None
        self.process_life = self.verdict_life = None
        self.verdict = "SUCCESS"

    def status(self, clock):
        life = clock.lifecycle()
        if self.process_life is None or life < self.process_life:
            return "REQUESTED"
        if self.verdict_life is None or life < self.verdict_life:
            return "PROCESSING"
        return self.verdict

    def summary(self, call):
        shown = {"id": self.id, "domainId": self.domain_id,
                 "processingStatus": self.status(call.world.clock),
                 "eventTime": call.epoch(self.event_time),
                 "createdBy": self.created_by,
                 "createdAt": call.epoch(self.created)}
        document = self.document
        event = {"runId": document["run"]["runId"],
                 "job": _name(document["job"]),
                 "inputs": [_name(d) for d in document.get("inputs") or []],
                 "outputs": [_name(d) for d in document.get("outputs") or []]}
        if document.get("eventType") is not None:
            event["eventType"] = document["eventType"]
        shown["eventSummary"] = {"openLineageRunEventSummary": event}
        return shown


def _name(thing):
    return {"name": thing.get("name"), "namespace": thing.get("namespace")}


def _text(document, *path):
    """The string at a path of an event; raises ValidationException."""
    at = document
    for name in path:
        at = at.get(name) if isinstance(at, dict) else None
    if not isinstance(at, str) or not at:
        raise validation("The lineage event is not a valid OpenLineage "
                         "RunEvent: %s is required." % ".".join(path))
    return at


def check_event(raw):
    """The event as a document; raises ValidationException."""
    try:
        document = read_json(raw)
    except ServiceError:
        raise validation("The lineage event is not valid JSON.")
    if not isinstance(document, dict):
        raise validation("The lineage event is not a JSON object.")
    for path in (("run", "runId"), ("job", "namespace"), ("job", "name"),
                 ("eventTime",), ("producer",), ("schemaURL",)):
        _text(document, *path)
    if parse_iso(document["eventTime"]) is None:
        raise validation("The lineage event's eventTime is not a timestamp.")
    if document.get("eventType") not in (None,) + _EVENT_TYPES:
        raise validation("The lineage event's eventType is unknown.")
    for side in ("inputs", "outputs"):
        datasets = document.get(side)
        if datasets is None:
            continue
        if not isinstance(datasets, list):
            raise validation("The lineage event's %s is not a list." % side)
        for dataset in datasets:
            _text(dataset, "namespace")
            _text(dataset, "name")
    return document


def _one_token(call):
    """Header and query may both carry the token; they must agree."""
    in_header = call.params.get("clientToken")
    in_query = call.params.get("clientTokenQuery")
    if None not in (in_header, in_query) and in_header != in_query:
        raise validation("The client token of the header and that of the "
                         "query differ.")
    return in_header if in_header is not None else in_query


def _apply_rules(call, event):
    """Let the first matching rule decide verdict and pace."""
    settings = call.settings
    life = call.world.clock.lifecycle()
    requested = settings["lineage_requested_seconds"]
    processing = settings["lineage_processing_seconds"]
    for rule in call.world.lineage_rules:
        if rule.get("count") == 0 or not _rule_fits(rule, event):
            continue
        if rule.get("count"):
            rule["count"] -= 1
        requested = rule.get("requested_seconds", requested)
        processing = rule.get("processing_seconds", processing)
        status = rule.get("status", "SUCCESS")
        if status == "REQUESTED":
            return
        event.process_life = life + int(requested * SECOND)
        if status != "PROCESSING":
            event.verdict = status
            event.verdict_life = (event.process_life
                                  + int(processing * SECOND))
        return
    event.process_life = life + int(requested * SECOND)
    event.verdict_life = event.process_life + int(processing * SECOND)


def _rule_fits(rule, event):
    document = event.document
    values = {"job_name": document["job"]["name"],
              "job_namespace": document["job"]["namespace"],
              "run_id": document["run"]["runId"]}
    return all(re.search(rule[name], value)
               for name, value in values.items() if rule.get(name))


@operation("PostLineageEvent", "POST", _EVENTS, 200,
           label("domainIdentifier", m.DOMAIN_ID),
           payload("event", Blob(MAX_EVENT)),
           header("clientToken", "Client-Token", m.CLIENT_TOKEN, token=True),
           query("clientTokenQuery", m.CLIENT_TOKEN, wire="clientToken"))
def post_lineage_event(call):
    raw = call.params["event"]
    document = check_event(raw)
    world = call.world
    event = LineageEvent(world.new_id("lineage"), world.next_seq(),
                         call.domain.id, raw, document)
    event.created = world.clock.now()
    event.created_by = call.identity.name
    _apply_rules(call, event)
    call.domain.lineage[event.id] = event
    call.domain.lineage_order.append(event)
    call.effect(event.id, runId=document["run"]["runId"],
                job=_name(document["job"]), bytes=len(raw),
                sha256=hashlib.sha256(raw).hexdigest())
    if call.settings["lineage_empty_answer"]:
        return Response(200)
    return {"id": event.id, "domainId": call.domain.id}


post_lineage_event.find_token = _one_token


@operation("ListLineageEvents", "GET", _EVENTS, 200,
           label("domainIdentifier", m.DOMAIN_ID),
           query("maxResults", m.MAX_RESULTS),
           query("timestampAfter", m.TIME),
           query("timestampBefore", m.TIME),
           query("processingStatus", m.LINEAGE_STATUS),
           query("sortOrder", m.SORT_ORDER),
           query("nextToken", m.NEXT_TOKEN), paging="items")
def list_lineage_events(call):
    params = call.params
    clock = call.world.clock
    after = params.get("timestampAfter")
    before = params.get("timestampBefore")
    status = params.get("processingStatus")
    by_event = call.settings["lineage_window"] == "eventTime"

    def accept(event):
        moment = event.event_time if by_event else event.created
        return ((after is None or moment >= after)
                and (before is None or moment <= before)
                and (status is None or event.status(clock) == status))

    order = None
    if by_event:
        sign = 1 if params.get("sortOrder") == "ASCENDING" else -1

        def order(event):
            return [sign * event.event_time, sign * event.seq]

    pager = Pager(call.settings, call.name, params)
    page, token = pager.cut(call.domain.lineage_order, accept,
                            backward=params.get("sortOrder") != "ASCENDING",
                            order=order)
    answer = {"items": [event.summary(call) for event in page]}
    if token is not None:
        answer["nextToken"] = token
    return answer


@operation("GetLineageEvent", "GET", _EVENTS + "/{identifier}", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.LINEAGE_EVENT_ID))
def get_lineage_event(call):
    event = call.domain.lineage.get(call.params["identifier"])
    if event is None:
        raise not_found("Requested lineageEvent cannot be found in domain")
    return Response(200, [
        ("Content-Type", "application/octet-stream"),
        ("Domain-Id", event.domain_id), ("Id", event.id),
        ("Created-By", event.created_by),
        ("Processing-Status", event.status(call.world.clock)),
        ("Event-Time", http_date(event.event_time)),
        ("Created-At", http_date(event.created))], event.body)
