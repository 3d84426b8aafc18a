"""operations_sources.py: data sources."""
import json

from . import members as m
from .clock import SECOND
from .errors import not_found, validation
from .operations_runs import source_of
from .paging import Pager
from .registry import body, label, operation, query
from .shapes import Bool, List, Map, Str, Struct, Union
from .world import ACCOUNT

_SOURCES = "/v2/domains/{domainIdentifier}/data-sources"
_ROLE = Str(pattern="arn:aws[^:]*:iam::\\d{12}:(role|role/service-role)"
                    "/[\\w+=,.@-]{1,128}")
_FILTERS = List(Struct(
    required="databaseName",
    databaseName=Str(low=1, high=128), schemaName=Str(low=1, high=128),
    filterExpressions=List(Struct(
        required="type expression",
        type=Str(enum=("INCLUDE", "EXCLUDE")),
        expression=Str(low=1, high=2048)))))
_CONFIGURATION = Union(
    glueRunConfiguration=Struct(
        required="relationalFilterConfigurations",
        dataAccessRole=_ROLE, relationalFilterConfigurations=_FILTERS,
        autoImportDataQualityResult=Bool(),
        catalogName=Str(low=1, high=128)),
    redshiftRunConfiguration=Struct(
        required="relationalFilterConfigurations",
        dataAccessRole=_ROLE, relationalFilterConfigurations=_FILTERS,
        redshiftCredentialConfiguration=Struct(
            required="secretManagerArn",
            secretManagerArn=Str(
                pattern="arn:aws[^:]*:secretsmanager:[a-z]{2}-?(iso|gov)?"
                        "-{1}[a-z]*-{1}[0-9]:\\d{12}:secret:.*",
                low=0, high=256)),
        redshiftStorage=Union(
            redshiftClusterSource=Struct(
                required="clusterName",
                clusterName=Str(pattern="[0-9a-z].[a-z0-9\\-]*", low=1,
                                high=63)),
            redshiftServerlessSource=Struct(
                required="workgroupName",
                workgroupName=Str(pattern="[a-z0-9-]+", low=3, high=64)))),
    sageMakerRunConfiguration=Struct(
        required="trackingAssets",
        trackingAssets=Map(
            Str(low=1, high=64),
            List(Str(pattern="arn:aws[^:]*:sagemaker:[a-z]{2}-?(iso|gov)?"
                             "-{1}[a-z]*-{1}[0-9]:\\d{12}:[\\w+=,.@-]{1,128}"
                             "/[\\w+=,.@-]{1,256}"), 0, 500), 1, 1)))
_ZONES = """UTC AFRICA_JOHANNESBURG AMERICA_MONTREAL AMERICA_SAO_PAULO
ASIA_BAHRAIN ASIA_BANGKOK ASIA_CALCUTTA ASIA_DUBAI ASIA_HONG_KONG
ASIA_JAKARTA ASIA_KUALA_LUMPUR ASIA_SEOUL ASIA_SHANGHAI ASIA_SINGAPORE
ASIA_TAIPEI ASIA_TOKYO AUSTRALIA_MELBOURNE AUSTRALIA_SYDNEY CANADA_CENTRAL
CET CST6CDT ETC_GMT ETC_GMT0 EUROPE_DUBLIN EUROPE_LONDON EUROPE_PARIS
EUROPE_STOCKHOLM EUROPE_ZURICH ISRAEL MEXICO_GENERAL MST7MDT
PACIFIC_AUCKLAND US_CENTRAL US_EASTERN US_MOUNTAIN US_PACIFIC""".split()
_ZONES += ["ETC_GMT_ADD_%d" % n for n in range(13)]
_ZONES += ["ETC_GMT_NEG_%d" % n for n in range(15)]
_SCHEDULE = Struct(
    timezone=Str(enum=tuple(_ZONES)),
    schedule=Str(pattern=".*cron\\((\\b[0-5]?[0-9]\\b) "
                         "(\\b2[0-3]\\b|\\b[0-1]?[0-9]\\b) "
                         "([-?*,/\\dLW]){1,83} "
                         "([-*,/\\d]|[a-zA-Z]{3}){1,23} "
                         "([-?#*,/\\dL]|[a-zA-Z]{3}){1,13} ([^\\)]+)\\).*",
                 low=1, high=256))


@operation("ListDataSources", "GET", _SOURCES, 200,
           label("domainIdentifier", m.DOMAIN_ID),
           query("projectIdentifier", m.TEXT, required=True),
           query("environmentIdentifier", m.TEXT),
           query("connectionIdentifier", m.TEXT),
           query("type", m.SOURCE_TYPE),
           query("status", m.SOURCE_STATUS),
           query("name", m.NAME),
           query("nextToken", m.NEXT_TOKEN),
           query("maxResults", m.MAX_RESULTS), paging="items")
def list_data_sources(call):
    params = call.params
    clock = call.world.clock
    project = params["projectIdentifier"]
    if project not in call.domain.projects:
        raise not_found("Requested project cannot be found in domain")

    def accept(source):
        wanted = {"type": source.kind, "name": source.name,
                  "environmentIdentifier":
                      source.attributes.get("environmentId"),
                  "connectionIdentifier":
                      source.attributes.get("connectionId")}
        for name, value in wanted.items():
            if name in params and params[name] != value:
                return False
        return ("status" not in params
                or params["status"] == source.status(clock))

    pager = Pager(call.settings, call.name, params)
    page, token = pager.cut(
        call.domain.sources_of_project.get(project, []), accept)
    answer = {"items": [source.summary(clock) for source in page]}
    if token is not None:
        answer["nextToken"] = token
    return answer


@operation("GetDataSource", "GET", _SOURCES + "/{identifier}", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID))
def get_data_source(call):
    return source_of(call, "identifier").describe(call.world.clock)


def _output_configuration(given, region, account):
    """The configuration as answers show it: with account and region."""
    shown = {}
    for kind, content in given.items():
        shown[kind] = dict(content, accountId=account, region=region)
    return shown


@operation("CreateDataSource", "POST", _SOURCES, 201,
           label("domainIdentifier", m.DOMAIN_ID),
           body("name", m.NAME, required=True),
           body("description", m.DESCRIPTION),
           body("projectIdentifier", m.ID, required=True),
           body("environmentIdentifier", m.ID),
           body("connectionIdentifier", m.ID),
           body("type", m.SOURCE_TYPE, required=True),
           body("configuration", _CONFIGURATION),
           body("recommendation",
                Struct(enableBusinessNameGeneration=Bool())),
           body("enableSetting", m.ENABLE_SETTING),
           body("schedule", _SCHEDULE),
           body("publishOnImport", m.BOOL),
           body("assetFormsInput", m.FORM_INPUTS),
           body("clientToken", m.TEXT, token=True))
def create_data_source(call):
    params = call.params
    domain = call.domain
    project = params["projectIdentifier"]
    if project not in domain.projects:
        raise not_found("Requested project cannot be found in domain")
    if any(s.name == params["name"]
           for s in domain.sources_of_project.get(project, ())):
        raise validation("Data source with name %s already exists."
                         % params["name"])
    attributes = {
        "environmentId": params.get("environmentIdentifier"),
        "connectionId": params.get("connectionIdentifier"),
        "enableSetting": params.get("enableSetting", "ENABLED"),
        "publishOnImport": params.get("publishOnImport", False)}
    for name in ("description", "schedule", "recommendation"):
        attributes[name] = params.get(name)
    if params.get("configuration"):
        shown = _output_configuration(params["configuration"],
                                      call.world.region, ACCOUNT)
        attributes["configuration"] = shown
        attributes["snapshot"] = json.dumps(shown, separators=(",", ":"))
    if params.get("assetFormsInput"):
        attributes["assetFormsOutput"] = [
            forms_output(form) for form in params["assetFormsInput"]]
    source = call.world.add_source(
        domain, call.world.new_id("source"), project, params["name"],
        params["type"], attributes=attributes)
    source.ready_life = (
        call.world.clock.lifecycle()
        + int(call.settings["creating_seconds"] * SECOND))
    call.effect(source.id)
    return source.describe(call.world.clock)


def forms_output(form):
    """A form as answers show it, from the form that was sent."""
    shown = {"formName": form["formName"]}
    if form.get("typeIdentifier") is not None:
        shown["typeName"] = form["typeIdentifier"]
        shown["typeRevision"] = form.get("typeRevision", "1")
    if form.get("content") is not None:
        shown["content"] = form["content"]
    return shown


@operation("DeleteDataSource", "DELETE", _SOURCES + "/{identifier}", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID),
           query("clientToken", m.TEXT, token=True),
           query("retainPermissionsOnRevokeFailure", m.BOOL))
def delete_data_source(call):
    source = source_of(call, "identifier")
    source.state = "DELETING"
    shown = source.describe(call.world.clock)
    shown.pop("recommendation", None)
    retain = call.params.get("retainPermissionsOnRevokeFailure")
    if retain is not None:
        shown["retainPermissionsOnRevokeFailure"] = retain
    call.world.remove_source(call.domain, source)
    call.effect(source.id)
    return shown
