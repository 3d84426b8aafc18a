"""operations_domains.py: domains, projects and tags."""
from . import members as m
from .clock import iso
from .errors import not_found, validation
from .paging import Pager
from .registry import body, label, operation, query
from .shapes import Int, List, Map, Str, Struct, Union

_PROJECTS = "/v2/domains/{domainIdentifier}/projects"
_PROJECT_NAME = Str(pattern="[\\w -]+", low=1, high=64)
_DOMAIN_STATUS = Str(enum=("CREATING", "AVAILABLE", "CREATION_FAILED",
                           "DELETING", "DELETED", "DELETION_FAILED"))
_ROLE_ARN = Str(pattern="arn:aws[^:]*:iam::\\d{12}:role"
                        "(/[a-zA-Z0-9+=,.@_-]+)*/[a-zA-Z0-9+=,.@_-]+")
_USER_PARAMETERS = List(Struct(
    environmentId=m.ID,
    environmentResolvedAccount=Struct(
        required="awsAccountId regionName",
        awsAccountId=Str(pattern="\\d{12}"),
        regionName=Str(pattern="[a-z]{2}-[a-z]{4,10}-\\d"),
        sourceAccountPoolId=m.ID),
    environmentConfigurationName=_PROJECT_NAME,
    environmentParameters=List(Struct(name=m.TEXT, value=m.TEXT))))
_MEMBERSHIPS = List(Struct(
    required="member designation",
    member=Union(userIdentifier=m.TEXT, groupIdentifier=m.TEXT),
    designation=Str(enum=(
        "PROJECT_OWNER", "PROJECT_CONTRIBUTOR", "PROJECT_CATALOG_VIEWER",
        "PROJECT_CATALOG_CONSUMER", "PROJECT_CATALOG_STEWARD",
        "USER_CREATED_DESIGNATION")),
    userCreatedDesignationId=m.ID))
_MOST_TAGS = 50


class Project:
    """A project; "members" are optional members of the API."""

    def __init__(self, identifier, seq, name, created, created_by,
                 members=None):
        self.id = identifier
        self.seq = seq
        self.name = name
        self.created = created
        self.created_by = created_by
        self.members = members or {}

    def describe(self, domain, changed="lastUpdatedAt"):
        shown = {"domainId": domain.id, "id": self.id, "name": self.name,
                 "projectStatus": "ACTIVE", "createdBy": self.created_by,
                 "createdAt": iso(self.created), changed: iso(self.created)}
        shown.update(self.members)
        return shown


# -- domains -----------------------------------------------------------

def _domain_summary(call, domain):
    return {"id": domain.id, "name": domain.name, "arn": domain.arn,
            "status": domain.status, "domainVersion": domain.version,
            "portalUrl": "https://%s.datazone.%s.on.aws" % (
                domain.id.replace("_", "-"), call.world.region),
            "createdAt": call.epoch(domain.created),
            "lastUpdatedAt": call.epoch(domain.updated),
            **({"description": domain.description}
               if domain.description is not None else {})}


@operation("GetDomain", "GET", "/v2/domains/{identifier}", 200,
           label("identifier", m.DOMAIN_ID))
def get_domain(call):
    domain = call.domain
    account = domain.arn.split(":")[4]
    return dict(
        _domain_summary(call, domain),
        rootDomainUnitId="unit-" + domain.id.lower(),
        singleSignOn={"type": "DISABLED"},
        domainExecutionRole="arn:aws:iam::%s:role/service-role/"
                            "AmazonDataZoneDomainExecution" % account,
        tags=dict(call.world.tags.get(domain.arn, {})))


@operation("ListDomains", "GET", "/v2/domains", 200,
           query("status", _DOMAIN_STATUS),
           query("maxResults", Int(1, 25)),
           query("nextToken", m.NEXT_TOKEN), paging="items")
def list_domains(call):
    wanted = call.params.get("status")
    pager = Pager(call.settings, call.name, call.params, most=25)
    page, token = pager.cut(list(call.world.domains.values()),
                            lambda d: wanted in (None, d.status))
    answer = {"items": [
        dict(_domain_summary(call, domain),
             managedAccountId=domain.arn.split(":")[4]) for domain in page]}
    if token is not None:
        answer["nextToken"] = token
    return answer


# -- projects ----------------------------------------------------------

@operation("CreateProject", "POST", _PROJECTS, 201,
           label("domainIdentifier", m.DOMAIN_ID),
           body("name", _PROJECT_NAME, required=True),
           body("description", m.DESCRIPTION),
           body("resourceTags", Map(m.TAG_KEY, m.TAG_VALUE, 0, 25)),
           body("glossaryTerms", m.GLOSSARY_TERMS),
           body("domainUnitId", Str(pattern="[a-z0-9_\\-]+", low=1,
                                    high=256)),
           body("projectProfileId", m.ID),
           body("userParameters", _USER_PARAMETERS),
           body("projectCategory", m.TEXT),
           body("projectExecutionRole", _ROLE_ARN),
           body("membershipAssignments", _MEMBERSHIPS))
def create_project(call):
    params = call.params
    members = {name: params[name]
               for name in ("description", "glossaryTerms", "domainUnitId",
                            "projectProfileId", "userParameters",
                            "projectCategory") if params.get(name) is not None}
    members.setdefault("domainUnitId", "unit-" + call.domain.id.lower())
    if params.get("resourceTags"):
        members["resourceTags"] = [
            {"key": key, "value": value, "source": "PROJECT"}
            for key, value in params["resourceTags"].items()]
    project = Project(call.world.new_id("project"), call.world.next_seq(),
                      params["name"], call.world.clock.now(),
                      call.identity.name, members)
    call.domain.projects[project.id] = project
    call.effect(project.id)
    return project.describe(call.domain)


@operation("GetProject", "GET", _PROJECTS + "/{identifier}", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID))
def get_project(call):
    project = call.domain.projects.get(call.params["identifier"])
    if project is None:
        raise not_found("Requested project cannot be found in domain")
    return project.describe(call.domain)


_SUMMARY = ("domainId", "id", "name", "description", "projectStatus",
            "createdBy", "createdAt", "updatedAt", "domainUnitId",
            "projectCategory")


@operation("ListProjects", "GET", _PROJECTS, 200,
           label("domainIdentifier", m.DOMAIN_ID),
           query("userIdentifier", m.TEXT),
           query("groupIdentifier", m.TEXT),
           query("name", _PROJECT_NAME),
           query("projectCategory", m.TEXT),
           query("nextToken", m.NEXT_TOKEN),
           query("maxResults", m.MAX_RESULTS), paging="items")
def list_projects(call):
    params = call.params

    def accept(project):
        return (params.get("name") in (None, project.name)
                and params.get("userIdentifier") in (None,
                                                     project.created_by)
                and params.get("groupIdentifier") is None
                and params.get("projectCategory") in (
                    None, project.members.get("projectCategory")))

    pager = Pager(call.settings, call.name, params)
    page, token = pager.cut(list(call.domain.projects.values()), accept)
    items = []
    for project in page:
        shown = project.describe(call.domain, "updatedAt")
        items.append({name: shown[name] for name in _SUMMARY
                      if name in shown})
    answer = {"items": items}
    if token is not None:
        answer["nextToken"] = token
    return answer


# -- tags --------------------------------------------------------------

def _resource(call):
    """The ARN, if it names a domain or something in one."""
    arn = call.params["resourceArn"]
    parts = arn.split(":", 5)
    if len(parts) != 6 or parts[0] != "arn" or parts[2] != "datazone":
        raise validation("Value at 'resourceArn' is not an ARN of this "
                         "service.")
    path = parts[5].split("/")
    if path[0] != "domain" or len(path) < 2 or (
            path[1] not in call.world.domains):
        raise not_found("Requested resource %s cannot be found" % arn)
    return arn


@operation("TagResource", "POST", "/tags/{resourceArn}", 200,
           label("resourceArn", m.TEXT),
           body("tags", m.TAGS, required=True))
def tag_resource(call):
    arn = _resource(call)
    tags = dict(call.world.tags.get(arn, {}), **call.params["tags"])
    if len(tags) > _MOST_TAGS:
        raise validation("A resource can have at most %d tags." % _MOST_TAGS)
    call.world.tags[arn] = tags
    call.effect(arn)
    return {}


@operation("UntagResource", "DELETE", "/tags/{resourceArn}", 200,
           label("resourceArn", m.TEXT),
           query("tagKeys", List(m.TAG_KEY), required=True))
def untag_resource(call):
    arn = _resource(call)
    tags = call.world.tags.get(arn, {})
    for key in call.params["tagKeys"]:
        tags.pop(key, None)
    call.effect(arn)
    return {}


@operation("ListTagsForResource", "GET", "/tags/{resourceArn}", 200,
           label("resourceArn", m.TEXT))
def list_tags_for_resource(call):
    return {"tags": dict(call.world.tags.get(_resource(call), {}))}
