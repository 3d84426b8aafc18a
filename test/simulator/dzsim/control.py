"""control.py: the unsigned side door under /_simulator/ for tests.

JSON in, JSON out.  An address is "METHOD name"; the table at the end lists
all of them, and test/simulator/README.md explains them.
"""
import hashlib
import random
import traceback

from . import registry
from .auth import Identity
from .clock import SECOND
from .errors import ServiceError
from .message import json_response
from .seed import apply_document, seed_default
from .world import World

PREFIX = "/_simulator/"


class Refused(Exception):
    """A control request that makes no sense; the text is the answer."""

    def __init__(self, words, status=400):
        super().__init__(words)
        self.status = status


class Control:
    """Carries out control requests on a service."""

    def __init__(self, service):
        self.service = service
        self.journal = service.journal
        self.start_identities = dict(service.authenticator.identities)

    @property
    def world(self):
        return self.service.world

    def handle(self, request):
        """The Response to a control request."""
        name = request.path[len(PREFIX):].strip("/")
        head, _, rest = name.partition("/")
        options = dict(request.query)
        try:
            given = registry.read_json(request.body) if request.body else {}
            for key, argument in ((name, None), (head, rest)):
                address = (request.method, key)
                action = _ACTIONS.get(address)
                if action is not None and (argument is None
                                           or address in _WITH_ARGUMENT):
                    if argument is not None:
                        options["argument"] = argument
                    return json_response(200, action(self, given, options))
            raise Refused("no such control address", 404)
        except Refused as refused:
            return json_response(refused.status, {"error": str(refused)})
        except ServiceError as refused:
            return json_response(400, {"error": refused.message})
        except (ValueError, KeyError, TypeError, AttributeError) as mistake:
            return json_response(400, {
                "error": "%s: %s" % (type(mistake).__name__, mistake),
                "where": traceback.format_exc().splitlines()[-3:]})

    # -- whole state ---------------------------------------------------

    def health(self, given, options):
        return {"ok": True, "operations": sorted(registry.OPERATIONS)}

    def reset(self, given, options):
        """Everything as after the start; {"seed": "empty"} without data."""
        clock = self.world.clock
        clock.restart(given.get("time_scale", self.service.time_scale))
        self.service.replace_world(World(clock, self.world.region,
                                         self.service.seed))
        self.service.authenticator.replace(self.start_identities)
        self.service.faults.clear()
        self.journal.clear()
        self.journal.clear_statistics()
        self.journal.effects.clear()
        if given.get("seed", "default") == "default":
            seed_default(self.world)
        return {"ok": True}

    def seed(self, given, options):
        return apply_document(self.service, given)

    def settings(self, given, options):
        self.world.change_settings(given)
        self.service.settings_changed()
        return dict(self.world.settings)

    def read_settings(self, given, options):
        return dict(self.world.settings)

    def identities(self, given, options):
        """Add or replace one identity, or a list of them."""
        for entry in given if isinstance(given, list) else [given]:
            self.service.authenticator.add(Identity(**entry))
        return {"identities":
                sorted(self.service.authenticator.identities)}

    def clock(self, given, options):
        """Any of scale, offset_seconds, advance_seconds; then the times."""
        clock = self.world.clock
        if "scale" in given:
            clock.set_scale(given["scale"])
        if "offset_seconds" in given:
            clock.set_offset(int(given["offset_seconds"] * SECOND))
        if "advance_seconds" in given:
            clock.advance(int(given["advance_seconds"] * SECOND))
        return {"scale": clock.scale,
                "offset_seconds": clock.offset / SECOND,
                "advanced_seconds": clock.advanced / SECOND,
                "now_us": clock.now(), "wall_us": clock.wall(),
                "lifecycle_us": clock.lifecycle()}

    def forget_tokens(self, given, options):
        count = len(self.world.tokens)
        self.world.tokens.clear()
        return {"forgotten": count}

    # -- faults --------------------------------------------------------

    def add_faults(self, given, options):
        rules = given if isinstance(given, list) else [given]
        return {"ids": [self.service.faults.add(rule).id for rule in rules]}

    def read_faults(self, given, options):
        return {"faults": [rule.describe()
                           for rule in self.service.faults.rules]}

    def clear_faults(self, given, options):
        if options.get("argument"):
            if not self.service.faults.remove(int(options["argument"])):
                raise Refused("no such fault", 404)
        else:
            self.service.faults.clear()
        return {"ok": True}

    # -- what happened -------------------------------------------------

    def read_log(self, given, options):
        found = self.journal.read(
            options.get("operation"), int(options.get("since", 0)),
            int(options["limit"]) if "limit" in options else None,
            int(options["status"]) if "status" in options else None)
        if options.get("bodies") == "0":
            for record in found:
                record.pop("body", None)
                record.pop("body_base64", None)
        if options.get("brief") == "1":
            found = [{name: record[name] for name in _BRIEF}
                     for record in found]
        return {"requests": found, "dropped": self.journal.dropped,
                "last_sequence": self.journal.sequence}

    def clear_log(self, given, options):
        self.journal.clear()
        return {"ok": True}

    def statistics(self, given, options):
        return self.journal.statistics()

    def clear_statistics(self, given, options):
        self.journal.clear_statistics()
        return {"ok": True}

    def effects(self, given, options):
        """Accepted changes in their order, each once however often sent."""
        wanted = options.get("operation")
        since = int(options.get("since", 0))
        return {"effects": [effect for effect in self.journal.effects[since:]
                            if wanted in (None, effect["operation"])]}

    def lineage(self, given, options):
        """Accepted lineage events with arrivals for each client token."""
        clock = self.world.clock
        found = []
        for effect in self.journal.effects:
            if effect["operation"] != "PostLineageEvent":
                continue
            event = self.world.domains[effect["domain"]].lineage[effect["id"]]
            stored = self.world.tokens.get((
                "PostLineageEvent", effect["domain"],
                effect["client_token"]))
            shown = dict(effect, status=event.status(clock),
                         arrivals=stored.arrivals if stored else 1)
            if options.get("bodies") == "1":
                shown["body"] = event.body.decode("utf-8", "replace")
            found.append(shown)
        if options.get("summary") == "1":
            return _summary(found)
        return {"events": found}

    def lineage_rules(self, given, options):
        rules = given if isinstance(given, list) else [given]
        self.world.lineage_rules.extend(rules)
        return {"rules": self.world.lineage_rules}

    def clear_lineage_rules(self, given, options):
        self.world.lineage_rules.clear()
        return {"ok": True}

    def metadata_rules(self, given, options):
        rules = given if isinstance(given, list) else [given]
        self.world.metadata_rules.extend(rules)
        return {"rules": self.world.metadata_rules}

    # -- runs ----------------------------------------------------------

    def runs(self, given, options):
        """The truth about runs, to compare a table with."""
        clock = self.world.clock
        found = []
        for domain in self._domains(options.get("domain")):
            for source in domain.sources.values():
                if options.get("data_source") in (None, source.id):
                    source.settle(clock)
                    found.extend(source.runs)
        if options.get("summary") == "1":
            return _runs_summary(found, clock)
        return {"runs": [dict(run.describe(clock, "get"),
                              clientToken=run.token, startedBy=run.by)
                         for run in found]}

    def _domains(self, wanted):
        if wanted is None:
            return list(self.world.domains.values())
        if wanted not in self.world.domains:
            raise Refused("no domain \"%s\"" % wanted, 404)
        return [self.world.domains[wanted]]

    def start_runs(self, given, options):
        """Start runs as the schedule would, without a call of the API: of
        the named data sources, or of a drawn fraction of all."""
        started = []
        generator = random.Random(given.get("seed", 1))
        for domain in self._domains(given.get("domain")):
            names = given.get("data_sources") or sorted(domain.sources)
            if "fraction" in given:
                names = generator.sample(
                    names, round(len(names) * given["fraction"]))
            for name in names:
                if name in domain.sources:
                    run = self.world.start_run(
                        domain, domain.sources[name],
                        given.get("type", "SCHEDULED"), given.get("outcome"))
                    started.append(run.id)
        return {"ids": started}

    def script_runs(self, given, options):
        """Outcomes and pace of the next runs of a data source."""
        changed = 0
        for domain in self._domains(given.get("domain")):
            for source in domain.sources.values():
                if given.get("data_source") not in (None, source.id):
                    continue
                changed += 1
                if "outcomes" in given:
                    source.script = list(given["outcomes"])
                for name in ("requested_seconds", "running_seconds"):
                    if name in given:
                        setattr(source, name, given[name])
        return {"data_sources": changed}


def _runs_summary(runs, clock):
    """How many runs there are in each state, and a digest of what changes
    in them: as cheap for 50,000 runs as the whole truth is dear."""
    statuses = {}
    lines = []
    for run in runs:
        status = run.status(clock)
        statuses[status] = statuses.get(status, 0) + 1
        lines.append("%s|%s|%d\n" % (run.id, status, run.updated()))
    digest = hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
    return {"count": len(runs), "statuses": statuses, "digest": digest}


def _summary(events):
    """Counts for a check of exactly once, without the events."""
    seen = {}
    statuses = {}
    for event in events:
        token = event["client_token"] or event["id"]
        seen[token] = seen.get(token, 0) + 1
        statuses[event["status"]] = statuses.get(event["status"], 0) + 1
    return {"accepted": len(events), "tokens": len(seen),
            "arrivals": sum(event["arrivals"] for event in events),
            "statuses": statuses,
            "accepted_twice": sorted(token for token, count in seen.items()
                                     if count > 1)}


_BRIEF = ("sequence", "operation", "target", "status", "fault",
          "received_us", "answered_us")
_WITH_ARGUMENT = {("DELETE", "faults")}
_ACTIONS = {
    ("GET", "health"): Control.health,
    ("POST", "reset"): Control.reset,
    ("POST", "seed"): Control.seed,
    ("GET", "settings"): Control.read_settings,
    ("POST", "settings"): Control.settings,
    ("POST", "identities"): Control.identities,
    ("GET", "clock"): Control.clock,
    ("POST", "clock"): Control.clock,
    ("POST", "tokens/forget"): Control.forget_tokens,
    ("GET", "faults"): Control.read_faults,
    ("POST", "faults"): Control.add_faults,
    ("DELETE", "faults"): Control.clear_faults,
    ("GET", "log"): Control.read_log,
    ("DELETE", "log"): Control.clear_log,
    ("GET", "statistics"): Control.statistics,
    ("DELETE", "statistics"): Control.clear_statistics,
    ("GET", "effects"): Control.effects,
    ("GET", "lineage"): Control.lineage,
    ("POST", "lineage/rules"): Control.lineage_rules,
    ("DELETE", "lineage/rules"): Control.clear_lineage_rules,
    ("POST", "metadata/rules"): Control.metadata_rules,
    ("GET", "runs"): Control.runs,
    ("POST", "runs/start"): Control.start_runs,
    ("POST", "runs/script"): Control.script_runs,
}
