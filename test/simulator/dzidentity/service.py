"""service.py: from a request to an answer, as dzsim/service.py does it.

One port is all four services; the path tells which.
"""
import sys
import traceback
import types
import uuid

from dzsim import fault_bodies  # noqa: F401  (adds its kinds)
from dzsim import registry
from dzsim.auth import Authenticator, Identity
from dzsim.clock import SECOND, Clock, http_date
from dzsim.errors import ServiceError
from dzsim.faults import FaultTable
from dzsim.message import encode, json_response

from . import metadata, sts
from .keys import Keys

PREFIX = "/_simulator/"
_NOBODY = types.SimpleNamespace(access_key=None)


def defaults():
    """The settings, as README.md lists them."""
    return {"imds_disabled": False, "imds_role": "instance-role",
            "imds_region": "eu-west-1", "imds_code": "Success",
            "imds_seconds": 3600, "imds_token_seconds": None,
            "container_authorization": None, "container_seconds": 3600,
            "sso_token": None, "sso_seconds": 3600,
            "sso_roles": [["111122223333", "Reader"]],
            "sts_seconds": None, "web_identity_token": None, "roles": {},
            "latency_ms": 0}


class Service:
    """The stand-ins' state, and the way through them."""

    def __init__(self, region, identities, simulators, journal):
        self.clock = Clock(1.0)
        self.journal = journal
        self.faults = FaultTable()
        self.settings = defaults()
        # what the kinds of faults look at
        self.world = types.SimpleNamespace(clock=self.clock,
                                           settings=self.settings)
        self.authenticator = Authenticator(self.clock, region, "sts")
        for entry in identities:
            self.authenticator.add(Identity(**entry))
        self.keys = Keys(self.clock, self.authenticator, simulators)
        self.instance = metadata.Instance(self)

    def handle(self, request):
        """(record, plan) for a request."""
        name = metadata.operation(request)
        if name is None and request.path in ("/", "/sts", "/sts/"):
            name = sts.action(request)
        record = self.journal.begin(request, name)
        self.journal.keep(record)
        record["request_id"] = str(uuid.uuid4())
        record["signature"] = ("unsigned"
                               if request.header("authorization") is None
                               else "unchecked")
        fault = self.faults.pick(record, request, _NOBODY)
        if fault is None:
            return record, self._plan(record, self._answer(name, request,
                                                           record))
        record["fault"] = fault.kind
        answer = (self._answer(name, request, record) if fault.processes
                  else None)
        return record, fault.plan(self, answer, request, record)

    def _answer(self, name, request, record):
        try:
            if name is None or name.startswith(("Imds", "Sso", "Container")):
                return self._plain(name, request)
            if name not in ("AssumeRole", "AssumeRoleWithWebIdentity",
                            "GetCallerIdentity"):
                raise ServiceError("InvalidAction", 400, "No such action.")
            return sts.answer(self, name, request, record)
        except ServiceError as error:
            return sts.refusal(error, record["request_id"])
        except Exception:  # pylint: disable=broad-except
            self.journal.bugs += 1
            sys.stderr.write(traceback.format_exc())
            return json_response(500, {"message": "a bug of the stand-in"})

    def _plain(self, name, request):
        if name is None:
            return json_response(404, {"message": "nothing is here"})
        if name == "ContainerCredentials":
            return metadata.container(self, request)
        if name == "SsoRoleCredentials":
            return metadata.portal(self, request)
        return self.instance.answer(name, request)

    def authenticate(self, request, record):
        """The access key id that signed a request to STS."""
        try:
            identity = self.authenticator.check(request)
        except ServiceError as error:
            record["signature"] = error.code
            raise
        record["signature"] = "ok"
        record["identity"] = identity.access_key
        keys = self.keys.of(identity.access_key)
        if keys is not None and keys.expires <= self.clock.wall():
            raise ServiceError("ExpiredTokenException", 403, "The security "
                               "token included in the request is expired")
        return identity.access_key

    def finish(self, record, response):
        """Add what every answer has."""
        response.headers.insert(0, ("x-amzn-RequestId",
                                    record["request_id"]))
        response.headers.insert(0, ("Date", http_date(self.clock.wall())))
        record["status"] = response.status
        record["code"] = response.code
        return response

    def _plan(self, record, response):
        steps = [("wait", self.settings["latency_ms"] / 1000.0)]
        if not self.settings["latency_ms"]:
            steps = []
        return steps + [("write", encode(self.finish(record, response)))]


class Control:
    """The side door under /_simulator/."""

    def __init__(self, service):
        self.service = service

    def handle(self, request):
        """The Response to a control request."""
        name = request.path[len(PREFIX):].strip("/")
        try:
            given = registry.read_json(request.body) if request.body else {}
            found = self._act(request.method, name, given,
                              dict(request.query))
        except (ValueError, KeyError, TypeError, ServiceError) as mistake:
            return json_response(400, {"error": repr(mistake)})
        if found is None:
            return json_response(404, {"error": "no such control address"})
        return json_response(200, found)

    def _act(self, method, name, given, options):
        service = self.service
        if (method, name) == ("POST", "settings"):
            unknown = set(given) - set(service.settings)
            if unknown:
                raise ValueError("no setting %s" % sorted(unknown))
            service.settings.update(given)
        elif (method, name) == ("POST", "faults"):
            rules = given if isinstance(given, list) else [given]
            return {"ids": [service.faults.add(rule).id for rule in rules]}
        elif (method, name) == ("DELETE", "faults"):
            service.faults.clear()
        elif (method, name) == ("GET", "log"):
            return {"requests": [
                dict(record, form=_form(record)) for record in
                service.journal.read(options.get("operation"))]}
        elif (method, name) == ("DELETE", "log"):
            service.journal.clear()
        elif (method, name) == ("GET", "statistics"):
            return service.journal.statistics()
        elif (method, name) == ("GET", "keys"):
            return {"keys": [keys.describe() for keys in
                             service.keys.issued]}
        elif (method, name) == ("POST", "keys/expire"):
            service.keys.expire(given["access_key"])
        elif (method, name) == ("POST", "imds/forget"):
            service.instance.tokens.clear()
        elif (method, name) == ("POST", "identities"):
            service.authenticator.add(Identity(**given))
        elif (method, name) == ("POST", "clock"):
            service.clock.set_offset(int(given["offset_seconds"] * SECOND))
        else:
            return None
        return {"ok": True}


def _form(record):
    """The parameters of a request to STS."""
    body = types.SimpleNamespace(body=record.get("body", "").encode())
    return sts.form(body) if record["path"].startswith("/") else {}
