"""operations_products.py: data products and their revisions.

A revision holds what its call named: what a call leaves out is not taken
over from the revision before (the service's documentation is silent here).
"""
from . import members as m
from .errors import not_found
from .operations_sources import forms_output
from .paging import Pager
from .registry import body, label, operation, query
from .shapes import List, Str, Struct

_PRODUCTS = "/v2/domains/{domainIdentifier}/data-products"
_NAME = Str(low=1, high=64)
_DESCRIPTION = Str(low=1, high=4096)
_ITEMS = List(Struct(required="itemType identifier",
                     itemType=Str(enum=("ASSET",)), identifier=m.ID,
                     revision=m.REVISION, glossaryTerms=List(m.ID, 1, 2)), 1)


class Revision:
    """One revision; "members" are the API's."""

    __slots__ = ("seq", "number", "members", "created", "created_by")

    def __init__(self, seq, number, members, created, created_by):
        self.seq = seq
        self.number = number
        self.members = members
        self.created = created
        self.created_by = created_by


class DataProduct:
    """A data product: identity, owner, revisions in their order."""

    def __init__(self, identifier, seq, project_id):
        self.id = identifier
        self.seq = seq
        self.project_id = project_id
        self.revisions = []

    def revise(self, world, members, created, created_by):
        revision = Revision(world.next_seq(), str(len(self.revisions) + 1),
                            members, created, created_by)
        self.revisions.append(revision)
        return revision

    def describe(self, call, revision):
        first = self.revisions[0]
        shown = {"domainId": call.domain.id, "id": self.id,
                 "revision": revision.number,
                 "owningProjectId": self.project_id, "status": "CREATED",
                 "createdAt": call.epoch(revision.created),
                 "createdBy": revision.created_by,
                 "firstRevisionCreatedAt": call.epoch(first.created),
                 "firstRevisionCreatedBy": first.created_by}
        shown.update(revision.members)
        return shown


def product_members(params):
    """The members of a revision from those of a request."""
    found = {name: params[name]
             for name in ("name", "description", "glossaryTerms", "items")
             if params.get(name) is not None}
    if params.get("formsInput") is not None:
        found["formsOutput"] = [forms_output(form)
                                for form in params["formsInput"]]
    return found


def _check_items(call):
    for item in call.params.get("items") or ():
        if item["identifier"] not in call.domain.assets:
            raise not_found("Requested asset %s cannot be found in domain"
                            % item["identifier"])


def _product_of(call):
    product = call.domain.products.get(call.params["identifier"])
    if product is None:
        raise not_found("Requested dataProduct cannot be found in domain")
    return product


@operation("CreateDataProduct", "POST", _PRODUCTS, 201,
           label("domainIdentifier", m.DOMAIN_ID),
           body("name", _NAME, required=True),
           body("owningProjectIdentifier", m.ID, required=True),
           body("description", _DESCRIPTION),
           body("glossaryTerms", m.GLOSSARY_TERMS),
           body("formsInput", m.FORM_INPUTS),
           body("items", _ITEMS),
           body("clientToken", m.CLIENT_TOKEN, token=True))
def create_data_product(call):
    project = call.params["owningProjectIdentifier"]
    if project not in call.domain.projects:
        raise not_found("Requested project cannot be found in domain")
    _check_items(call)
    product = DataProduct(call.world.new_id("product"),
                          call.world.next_seq(), project)
    call.domain.products[product.id] = product
    revision = product.revise(call.world, product_members(call.params),
                              call.world.clock.now(), call.identity.name)
    call.effect(product.id, revision=revision.number)
    return product.describe(call, revision)


@operation("GetDataProduct", "GET", _PRODUCTS + "/{identifier}", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID),
           query("revision", m.REVISION))
def get_data_product(call):
    product = _product_of(call)
    wanted = call.params.get("revision")
    if wanted is None:
        return product.describe(call, product.revisions[-1])
    for revision in product.revisions:
        if revision.number == wanted:
            return product.describe(call, revision)
    raise not_found("Requested dataProduct cannot be found in domain")


@operation("CreateDataProductRevision", "POST",
           _PRODUCTS + "/{identifier}/revisions", 201,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID),
           body("name", _NAME, required=True),
           body("description", _DESCRIPTION),
           body("glossaryTerms", m.GLOSSARY_TERMS),
           body("items", _ITEMS),
           body("formsInput", m.FORM_INPUTS),
           body("clientToken", m.CLIENT_TOKEN, token=True))
def create_data_product_revision(call):
    product = _product_of(call)
    _check_items(call)
    revision = product.revise(call.world, product_members(call.params),
                              call.world.clock.now(), call.identity.name)
    call.effect(product.id, revision=revision.number)
    return product.describe(call, revision)


@operation("ListDataProductRevisions", "GET",
           _PRODUCTS + "/{identifier}/revisions", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           label("identifier", m.ID),
           query("maxResults", m.MAX_RESULTS),
           query("nextToken", m.NEXT_TOKEN), paging="items")
def list_data_product_revisions(call):
    product = _product_of(call)
    pager = Pager(call.settings, call.name, call.params)
    page, token = pager.cut(product.revisions, backward=True)
    answer = {"items": [
        {"domainId": call.domain.id, "id": product.id,
         "revision": revision.number,
         "createdAt": call.epoch(revision.created),
         "createdBy": revision.created_by} for revision in page]}
    if token is not None:
        answer["nextToken"] = token
    return answer
