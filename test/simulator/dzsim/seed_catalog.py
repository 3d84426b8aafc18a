"""seed_catalog.py: projects, assets, glossary and products of the seed."""
import json

from .clock import parse_iso
from .operations_domains import Project
from .operations_products import DataProduct
from .operations_search import Found

BORN = parse_iso("2025-01-02T08:30:00.5Z")
OWNER = "user_steward"
_TABLE = "amazon.datazone.RedshiftTableAssetType"
_GLUE = "amazon.datazone.GlueTableAssetType"
_MODEL = "amazon.datazone.SageMakerModelPackageGroupAssetType"
# identifier, name, type, table, description
ASSETS = (
    ("ast_orders", "orders", _TABLE, "retail.sales.orders",
     "One row for each order."),
    ("ast_order_lines", "order_lines", _TABLE, "retail.sales.order_lines",
     "One row for each article of an order."),
    ("ast_customers", "customers", _TABLE, "retail.crm.customers",
     "Customers with their addresses."),
    ("ast_payments", "payments", _TABLE, "retail.finance.payments",
     "Card payments."),
    ("ast_returns", "returns", _GLUE, "returns.returns", "Returned goods."),
    ("ast_inventory", "inventory", _GLUE, "inventory.stock",
     "Stock per shop."),
    ("ast_forecast", "forecast", _MODEL, "forecast",
     "A model; metadata cannot be generated for it."),
)


def add_project(world, domain, identifier, name=None, description=None):
    """A project with fixed moments, for seeds."""
    project = Project(identifier, world.next_seq(), name or identifier, BORN,
                      OWNER, {"domainUnitId": "unit-" + domain.id.lower()})
    if description is not None:
        project.members["description"] = description
    domain.projects[identifier] = project
    return project


def add_asset(world, domain, identifier, name, kind=_TABLE, table=None,
              description=None, project="prj_retail", terms=None):
    """An asset of the inventory, as Search shows it."""
    table = table or name
    members = {"domainId": domain.id, "identifier": identifier, "name": name,
               "typeIdentifier": kind, "typeRevision": "1",
               "externalIdentifier": "retail/" + table,
               "owningProjectId": project}
    if description is not None:
        members["description"] = description
    if terms:
        members["glossaryTerms"] = terms
    form = {"formName": "AssetCommonDetailsForm",
            "typeName": "amazon.datazone.AssetCommonDetailsFormType",
            "typeRevision": "1",
            "content": json.dumps({"sourceIdentifier": table})}
    asset = Found(world.next_seq(), "assetItem", members, BORN, OWNER,
                  [form])
    domain.assets[identifier] = asset
    return asset


def _glossary(world, domain):
    members = {"domainId": domain.id, "id": "gls_retail", "name": "Retail",
               "owningProjectId": "prj_retail", "status": "ENABLED",
               "description": "Words of the shops."}
    domain.glossaries["gls_retail"] = Found(world.next_seq(), "glossaryItem",
                                            members, BORN, OWNER)
    for identifier, name, words in (
            ("trm_order", "Order", "What a customer has asked for."),
            ("trm_customer", "Customer", "Who has ordered at least once.")):
        members = {"domainId": domain.id, "glossaryId": "gls_retail",
                   "id": identifier, "name": name, "status": "ENABLED",
                   "shortDescription": words}
        domain.glossary_terms[identifier] = Found(
            world.next_seq(), "glossaryTermItem", members, BORN, OWNER)


def add_product(world, domain, identifier, members, project="prj_retail"):
    """A data product with one revision."""
    product = DataProduct(identifier, world.next_seq(), project)
    product.revise(world, members, BORN, OWNER)
    domain.products[identifier] = product
    return product


def seed_catalog(world, domain):
    """Everything of the retail company except data sources."""
    add_project(world, domain, "prj_retail", "Retail Analytics",
                "Everything that the shops know.")
    add_project(world, domain, "prj_finance", "Finance")
    _glossary(world, domain)
    for identifier, name, kind, table, description in ASSETS:
        terms = ["trm_order"] if identifier == "ast_orders" else None
        add_asset(world, domain, identifier, name, kind, table, description,
                  terms=terms)
    add_product(world, domain, "dp_orders", {
        "name": "Orders", "description": "Orders and their lines.",
        "glossaryTerms": ["trm_order"],
        "items": [{"itemType": "ASSET", "identifier": "ast_orders",
                   "revision": "1"},
                  {"itemType": "ASSET", "identifier": "ast_order_lines",
                   "revision": "1"}]})
