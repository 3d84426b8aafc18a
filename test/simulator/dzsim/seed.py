"""seed.py: what a simulator knows before the first call.

The default is a small retail company whose names explain themselves; all its
moments are fixed, so that expected output can be written down.  A document
with the same members adds to it, from --state or the control API.
"""
import json

from .auth import Identity
from .clock import SECOND, iso, parse_iso
from .errors import validation
from .runs import (ERROR_DETAILS, Run, draw, failed_outcome, outcome_from,
                   seeded_outcome)
from .seed_catalog import (BORN, add_asset, add_product, add_project,
                           seed_catalog)
from .world import ACCOUNT

HOUR = 3600 * SECOND
LAST_RUN = parse_iso("2025-06-30T06:00:00.123456Z")
DOMAIN = "dzd_simulator"
PROJECT = "prj_retail"
_REDSHIFT = "REDSHIFT"
_GLUE = "GLUE"
# identifier, name, type, past runs, description
SOURCES = (
    ("ds_orders", "Orders (Redshift)", _REDSHIFT, 137,
     "Orders and their lines, loaded every six hours."),
    ("ds_customers", "Customers (Redshift)", _REDSHIFT, 12,
     "Customers and addresses."),
    ("ds_returns", "Returns (Glue)", _GLUE, 5, "Returned goods."),
    ("ds_inventory", "Inventory (Glue)", _GLUE, 50, "Stock per shop."),
    ("ds_payments", "Payments (Redshift)", _REDSHIFT, 3, "Card payments."),
    ("ds_clickstream", "Clickstream (Glue)", _GLUE, 51, "Web shop visits."),
    ("ds_stores", "Stores (Glue)", _GLUE, 0, "Shops; never run."),
    ("ds_preferences", "Préférences des clients – 好み (Glue)", _GLUE, 1,
     "A name that is not ASCII."),
)


def _redshift_configuration(region, account, schema):
    return {"redshiftRunConfiguration": {
        "accountId": account, "region": region,
        "dataAccessRole": "arn:aws:iam::%s:role/retail-catalog" % account,
        "redshiftCredentialConfiguration": {
            "secretManagerArn": "arn:aws:secretsmanager:%s:%s:secret:retail"
                                % (region, account)},
        "redshiftStorage": {
            "redshiftClusterSource": {"clusterName": "retail"}},
        "relationalFilterConfigurations": [
            {"databaseName": "retail", "schemaName": schema,
             "filterExpressions": [{"type": "INCLUDE",
                                    "expression": "*"}]}]}}


def _glue_configuration(region, account, database):
    return {"glueRunConfiguration": {
        "accountId": account, "region": region,
        "dataAccessRole": "arn:aws:iam::%s:role/retail-catalog" % account,
        "autoImportDataQualityResult": True,
        "relationalFilterConfigurations": [
            {"databaseName": database,
             "filterExpressions": [{"type": "INCLUDE",
                                    "expression": "*"}]}]}}


def _seed_source(world, domain, row):
    identifier, name, kind, count, description = row
    make = (_redshift_configuration if kind == _REDSHIFT
            else _glue_configuration)
    configuration = make(world.region, ACCOUNT, identifier[3:])
    attributes = {
        "description": description, "enableSetting": "ENABLED",
        "environmentId": "env_retail", "publishOnImport": False,
        "recommendation": {"enableBusinessNameGeneration": True},
        "configuration": configuration,
        "snapshot": json.dumps(configuration, separators=(",", ":"))}
    if identifier != "ds_stores":
        attributes["schedule"] = {"timezone": "UTC",
                                  "schedule": "cron(0 6 * * ? *)"}
    source = world.add_source(domain, identifier, PROJECT, name, kind, BORN,
                              attributes)
    seed_runs(world, domain, source, count, "run_" + identifier[3:] + "_%03d")


def seed_runs(world, domain, source, count, pattern=None, given=None,
              last=LAST_RUN, every=6 * HOUR):
    """Add runs that have ended, the last one at "last"; oldest first.

    "given" is a list of outcomes used in turn, else outcomes are drawn.
    """
    first = len(source.runs)
    for number in range(1, count + 1):
        n = first + number
        outcome = (outcome_from(given[(number - 1) % len(given)], source.id,
                                n) if given else _varied(source.id, n))
        created = last - (count - number) * every
        identifier = pattern % n if pattern else world.new_id("run")
        run = Run(identifier, world.next_seq(), source,
                  "SCHEDULED" if n % 3 else "PRIORITIZED", created, outcome)
        luck = draw("times", source.id, n)
        run.started = created + 3 * SECOND + luck % 9000001
        run.stopped = run.started + 60 * SECOND + luck % (90 * SECOND)
        run.final = outcome["status"]
        run.snapshot = source.attributes.get("snapshot")
        source.add_past(run)
        domain.runs[identifier] = run


def _varied(source_id, number):
    """Drawn outcomes, with every kind of failure among the first 137."""
    if number % 19 == 7:
        return failed_outcome(*ERROR_DETAILS[number // 19
                                             % len(ERROR_DETAILS)])
    return seeded_outcome(source_id, number)


def seed_default(world):
    """The retail company."""
    domain = world.add_domain(DOMAIN, "Retail governance", BORN,
                              "The simulated domain of tests and demo.")
    seed_catalog(world, domain)
    for row in SOURCES:
        _seed_source(world, domain, row)


def _domain_of(world, entry):
    name = entry.get("domain", DOMAIN)
    if name not in world.domains:
        raise validation("no domain \"%s\"" % name)
    return world.domains[name]


def _apply_source(world, entry):
    """One data source, or "count" of them from a pattern."""
    domain = _domain_of(world, entry)
    project = entry.get("project", PROJECT)
    if project not in domain.projects:
        add_project(world, domain, project)
    count = entry.get("count", 1)
    for number in range(1, count + 1):
        identifier = entry["id"]
        name = entry.get("name", identifier)
        if "count" in entry:
            identifier = identifier % number
            name = name % number if "%" in name else identifier
        source = world.add_source(
            domain, identifier, project, name, entry.get("type", _REDSHIFT),
            attributes=dict(entry.get("attributes", {})))
        for member in ("requested_seconds", "running_seconds"):
            setattr(source, member, entry.get(member))
        if entry.get("runs"):
            seed_runs(world, domain, source, entry["runs"])
    return count


def _apply_runs(world, entry):
    """Past runs of one data source; see seed_runs."""
    domain = _domain_of(world, entry)
    name = entry["data_source"]
    if name not in domain.sources:
        raise validation("no data source \"%s\"" % name)
    last = entry.get("last")
    every = int(entry.get("every_seconds", 6 * 3600) * SECOND)
    seed_runs(world, domain, domain.sources[name], entry["count"],
              entry.get("id"), entry.get("outcomes"),
              parse_iso(last) if last else world.clock.now() - every, every)
    return entry["count"]


_SECTIONS = {"settings", "domains", "projects", "assets", "data_products",
             "data_sources", "runs", "identities", "faults", "lineage_rules",
             "metadata_rules"}


def _apply_catalog(world, document):
    for entry in document.get("projects", ()):
        add_project(world, _domain_of(world, entry), entry["id"],
                    entry.get("name"), entry.get("description"))
    for entry in document.get("assets", ()):
        more = {name: entry[name] for name in
                ("kind", "table", "description", "project", "terms")
                if name in entry}
        add_asset(world, _domain_of(world, entry), entry["id"],
                  entry.get("name", entry["id"]), **more)
    for entry in document.get("data_products", ()):
        add_product(world, _domain_of(world, entry), entry["id"],
                    dict({"name": entry["id"]}, **entry.get("members", {})),
                    entry.get("project", PROJECT))


def apply_document(service, document):
    """Add what a seed document holds; returns how much was added."""
    world = service.world
    unknown = set(document) - _SECTIONS
    if unknown:
        raise validation("unknown member \"%s\"" % sorted(unknown)[0])
    world.change_settings(document.get("settings", {}))
    added = {"domains": 0, "data_sources": 0, "runs": 0}
    for entry in document.get("domains", ()):
        world.add_domain(entry["id"], entry.get("name"),
                         description=entry.get("description"))
        added["domains"] += 1
    _apply_catalog(world, document)
    for entry in document.get("data_sources", ()):
        added["data_sources"] += _apply_source(world, entry)
    for entry in document.get("runs", ()):
        added["runs"] += _apply_runs(world, entry)
    for entry in document.get("identities", ()):
        service.authenticator.add(Identity(**entry))
    for entry in document.get("faults", ()):
        service.faults.add(entry)
    world.lineage_rules.extend(document.get("lineage_rules", ()))
    world.metadata_rules.extend(document.get("metadata_rules", ()))
    service.settings_changed()
    return dict(added, now=iso(world.clock.now()))
