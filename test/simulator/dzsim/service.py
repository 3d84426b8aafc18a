"""service.py: from a request to an answer.

Order of the gates: route, signature, faults that stand in for the network
and the gateway, permission, rate, input, domain, client token, operation.
Faults that spoil an answer come last, so that the effect has happened.
"""
import hashlib
import json
import sys
import time
import traceback
import uuid

from . import errors
from . import registry
from .clock import http_date
from .errors import ServiceError
from .faults import FaultTable
from .message import Response, dump, encode, error_response
from .values import Epochs
from . import (  # noqa: F401  (each adds its operations to the registry)
    operations_domains, operations_lineage, operations_metadata,
    operations_products, operations_runs, operations_search,
    operations_sources)

_NO_DOMAIN = ("ListDomains", "TagResource", "UntagResource",
              "ListTagsForResource")


class Call:
    """One call of an operation: what its handler may use."""

    __slots__ = ("service", "world", "settings", "name", "params", "identity",
                 "domain", "token", "journal")

    def __init__(self, service, name, params, identity):
        self.service = service
        self.world = service.world
        self.settings = service.world.settings
        self.journal = service.journal
        self.name = name
        self.params = params
        self.identity = identity
        self.domain = None
        self.token = None

    def effect(self, result_id, **more):
        """Note for tests that the service's state has changed."""
        self.journal.effect(
            operation=self.name, id=result_id, client_token=self.token,
            domain=self.domain.id if self.domain else None,
            identity=self.identity.access_key, **more)

    def epoch(self, microseconds):
        return self.service.epochs.mark(microseconds)


class _Stored:
    """The answer that belongs to a client token."""

    __slots__ = ("fingerprint", "response", "arrivals", "id")

    def __init__(self, fingerprint, response, identifier):
        self.fingerprint = fingerprint
        self.response = response
        self.arrivals = 1
        self.id = identifier


class Service:
    """The simulated service: state, rules, and the way through the gates."""

    def __init__(self, world, authenticator, journal):
        self.authenticator = authenticator
        self.journal = journal
        self.faults = FaultTable()
        self.seed = 1
        self.time_scale = 1.0
        self.replace_world(world)

    def replace_world(self, world):
        self.world = world
        self.epochs = Epochs(world.settings)
        self._buckets = {}
        self.settings_changed()

    def settings_changed(self):
        """Tell the parts that keep a copy of a setting."""
        settings = self.world.settings
        self.authenticator.show_canonical = settings["canonical_in_errors"]
        self.authenticator.max_skew_seconds = settings["max_skew_seconds"]
        self.journal.enabled = settings["log"]
        self.journal.bodies = settings["log_bodies"]
        self.journal.limit = settings["log_limit"]
        self._buckets = {}

    # -- the way of a request ------------------------------------------

    def handle(self, request):
        """(record, plan) for a request of the API."""
        entry, labels = registry.find(request.method, request.path)
        record = self.journal.begin(request, entry.name if entry else None)
        self.journal.keep(record)
        record["request_id"] = str(uuid.uuid4())
        try:
            identity = self.authenticator.check(request)
        except ServiceError as refusal:
            record["signature"] = refusal.code
            return record, self._plan(record, self._refusal(refusal))
        record["signature"] = "ok"
        record["identity"] = identity.access_key
        fault = self.faults.pick(record, request, identity)
        if fault is None:
            answer = self._answer(entry, labels, request, identity, record)
            return record, self._plan(record, answer)
        record["fault"] = fault.kind
        if fault.processes:
            answer = self._answer(entry, labels, request, identity, record)
        else:
            answer = None
        return record, self._faulty(fault, answer, request, record)

    def _answer(self, entry, labels, request, identity, record):
        try:
            if entry is None:
                raise errors.unknown_operation(len(registry.OPERATIONS))
            return self._perform(entry, labels, request, identity, record)
        except ServiceError as refusal:
            return self._refusal(refusal)
        except RecursionError:
            return self._refusal(errors.serialization(
                "The body is nested too deeply."))
        except Exception:  # pylint: disable=broad-except
            return self._own_mistake(request)

    def _own_mistake(self, request):
        """Loud, counted, and not mistaken for an injected fault."""
        self.journal.bugs += 1
        sys.stderr.write("simulator bug in %s %s\n%s" % (
            request.method, request.target, traceback.format_exc()))
        return self._refusal(ServiceError(
            "InternalServerException", 500,
            "A bug of the simulator; its stderr has the traceback."))

    def _perform(self, entry, labels, request, identity, record):
        if identity.unauthorized:
            raise errors.unauthorized()
        if not identity.may(entry.name):
            raise errors.access_denied(entry.name)
        self._draw_rate(entry.name)
        params = entry.read(request, labels)
        call = Call(self, entry.name, params, identity)
        self._find_domain(call)
        self._find_token(call, entry)
        if call.token is None or not self.world.settings["remember_tokens"]:
            return self._run(call, entry)
        return self._run_once(call, entry, record)

    @staticmethod
    def _find_domain(call):
        if call.name in _NO_DOMAIN:
            return
        identifier = call.params.get("domainIdentifier")
        if identifier is None:
            identifier = call.params["identifier"]
        call.domain = call.world.domains.get(identifier)
        if call.domain is None:
            raise errors.access_denied(call.name)

    @staticmethod
    def _find_token(call, entry):
        find = getattr(entry.handler, "find_token", None)
        if find is not None:
            call.token = find(call)
        elif entry.token is not None:
            call.token = call.params.get(entry.token)

    def _run(self, call, entry):
        answer = entry.handler(call)
        if isinstance(answer, Response):
            return answer
        body = self.epochs.finish(dump(answer))
        return Response(entry.status, [("Content-Type", "application/json")],
                        body, document=answer)

    def _run_once(self, call, entry, record):
        """Idempotency: the same token and input give the same answer."""
        key = (call.name, call.domain.id if call.domain else None, call.token)
        fingerprint = _fingerprint(call, entry)
        stored = self.world.tokens.get(key)
        if stored is not None:
            stored.arrivals += 1
            if stored.fingerprint != fingerprint:
                raise errors.conflict("There is a conflict while performing "
                                      "this action: the client token was "
                                      "used with other parameters.")
            record["replayed"] = True
            return stored.response.copy()
        before = len(self.journal.effects)
        response = self._run(call, entry)
        effects = self.journal.effects[before:]
        identifier = effects[-1]["id"] if effects else None
        self.world.tokens[key] = _Stored(fingerprint, response.copy(),
                                         identifier)
        return response

    def _draw_rate(self, name):
        """Token buckets of the setting rate_limits, in real time."""
        limits = self.world.settings["rate_limits"]
        rate = limits.get(name, limits.get("*"))
        if not rate:
            return
        now = time.monotonic()
        level, then = self._buckets.get(name, (float(rate), now))
        level = min(float(rate), level + (now - then) * rate)
        if level < 1.0:
            self._buckets[name] = (level, now)
            raise errors.throttled()
        self._buckets[name] = (level - 1.0, now)

    # -- answers -------------------------------------------------------

    def _refusal(self, refusal):
        """An error as the service puts it on the wire."""
        return error_response(refusal.status, refusal.code, refusal.message,
                              self.world.settings["error_style"])

    def finish(self, record, response):
        """Add what every answer has."""
        response.headers.insert(0, ("x-amzn-RequestId",
                                    record["request_id"]))
        response.headers.insert(
            0, ("Date", http_date(self.world.clock.wall())))
        record["status"] = response.status
        record["code"] = response.code
        return response

    def _plan(self, record, response):
        steps = []
        latency = self.world.settings["latency_ms"]
        if latency:
            steps.append(("wait", latency / 1000.0))
        steps.append(("write", encode(self.finish(record, response))))
        return steps

    def _faulty(self, fault, answer, request, record):
        try:
            return fault.plan(self, answer, request, record)
        except Exception:  # pylint: disable=broad-except
            return self._plan(record, self._own_mistake(request))


def _fingerprint(call, entry):
    """What must be equal for two requests with one token."""
    digest = hashlib.sha256()
    plain = {name: value for name, value in call.params.items()
             if name not in (entry.token, "clientTokenQuery")
             and not isinstance(value, bytes)}
    digest.update(json.dumps(plain, sort_keys=True).encode())
    for value in call.params.values():
        if isinstance(value, bytes):
            digest.update(value)
    return digest.digest()
