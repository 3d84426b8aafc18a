"""operations_search.py: Search over assets, glossaries, terms, products."""
from . import members as m
from .errors import validation
from .paging import Pager
from .registry import body, label, operation
from .shapes import Int, List, Recursive, Str, Struct, Union

_ATTRIBUTE = Str(low=1, high=128)
_FILTER = Struct(required="attribute", attribute=_ATTRIBUTE,
                 value=Str(low=0, high=128), intValue=Int(),
                 operator=Str(enum=("EQ", "LE", "LT", "GE", "GT",
                                    "TEXT_SEARCH")))
_CLAUSE = Recursive()
_CLAUSE.target = Union(filter=_FILTER, **{
    "and": List(_CLAUSE, 1, 100), "or": List(_CLAUSE, 1, 100)})
_DEFAULT_ATTRIBUTES = ("name", "description", "shortDescription",
                       "longDescription")


class Found:
    """Something in the inventory: kind, members of the API, text of forms."""

    __slots__ = ("seq", "member", "members", "created", "created_by",
                 "forms")

    def __init__(self, seq, member, members, created, created_by,
                 forms=None):
        self.seq = seq
        self.member = member
        self.members = members
        self.created = created
        self.created_by = created_by
        self.forms = forms or []

    def attribute(self, name):
        return self.members.get(name)


def _latest_products(domain):
    for product in domain.products.values():
        revision = product.revisions[-1]
        members = {"domainId": domain.id, "id": product.id,
                   "owningProjectId": product.project_id}
        members.update((name, value)
                       for name, value in revision.members.items()
                       if name in ("name", "description", "glossaryTerms"))
        yield Found(product.seq, "dataProductItem", members,
                    revision.created, revision.created_by)


def _scope(domain, scope):
    if scope == "ASSET":
        return list(domain.assets.values())
    if scope == "GLOSSARY":
        return list(domain.glossaries.values())
    if scope == "GLOSSARY_TERM":
        return list(domain.glossary_terms.values())
    return list(_latest_products(domain))


def _compare(have, want, operator):
    if operator == "EQ":
        return have == want
    if type(have) is not type(want):
        return False
    return {"LE": have <= want, "LT": have < want, "GE": have >= want,
            "GT": have > want}[operator]


def _fits(clause, found):
    if clause.get("filter") is not None:
        wanted = clause["filter"]
        have = found.attribute(wanted["attribute"])
        want = wanted.get("value", wanted.get("intValue"))
        operator = wanted.get("operator", "EQ")
        if operator == "TEXT_SEARCH":
            return str(want).lower() in str(have or "").lower()
        if isinstance(have, list):
            return want in have
        return have is not None and _compare(have, want, operator)
    if clause.get("and") is not None:
        return all(_fits(part, found) for part in clause["and"])
    return any(_fits(part, found) for part in clause["or"])


def _matches(text, attributes, found):
    """(attribute, its text, offsets) of each place where text is found."""
    hits = []
    for name in attributes:
        have = found.attribute(name)
        if not isinstance(have, str):
            continue
        at = have.lower().find(text.lower())
        if at >= 0:
            hits.append({"attribute": name, "text": have, "matchOffsets": [
                {"startOffset": at, "endOffset": at + len(text)}]})
    return hits


def _describe(call, found, hits):
    shown = dict(found.members, createdAt=call.epoch(found.created),
                 createdBy=found.created_by)
    if found.member in ("assetItem", "dataProductItem"):
        shown["firstRevisionCreatedAt"] = shown["createdAt"]
        shown["firstRevisionCreatedBy"] = found.created_by
    wanted = call.params.get("additionalAttributes") or ()
    more = {}
    if "FORMS" in wanted and found.member == "assetItem":
        more["formsOutput"] = found.forms
    if "TEXT_MATCH_RATIONALE" in wanted and hits:
        more["matchRationale"] = [{"textMatches": hits}]
    if more:
        shown["additionalAttributes"] = more
    return {found.member: shown}


@operation("Search", "POST", "/v2/domains/{domainIdentifier}/search", 200,
           label("domainIdentifier", m.DOMAIN_ID),
           body("owningProjectIdentifier", m.ID),
           body("maxResults", m.MAX_RESULTS),
           body("nextToken", m.NEXT_TOKEN),
           body("searchScope", Str(enum=("ASSET", "GLOSSARY",
                                         "GLOSSARY_TERM", "DATA_PRODUCT")),
                required=True),
           body("searchText", Str(low=1, high=512)),
           body("searchIn", List(Struct(required="attribute",
                                        attribute=_ATTRIBUTE), 1, 10)),
           body("filters", _CLAUSE),
           body("sort", Struct(required="attribute", attribute=_ATTRIBUTE,
                               order=m.SORT_ORDER)),
           body("additionalAttributes", List(Str(enum=(
               "FORMS", "TIME_SERIES_DATA_POINT_FORMS",
               "TEXT_MATCH_RATIONALE")))), paging="items")
def search(call):
    params = call.params
    project = params.get("owningProjectIdentifier")
    if project is not None and project not in call.domain.projects:
        raise validation("Project %s is not in this domain." % project)
    text = params.get("searchText")
    attributes = [part["attribute"] for part in params.get("searchIn", ())
                  ] or _DEFAULT_ATTRIBUTES
    found = []
    for thing in _scope(call.domain, params["searchScope"]):
        if project not in (None, thing.attribute("owningProjectId")):
            continue
        if params.get("filters") and not _fits(params["filters"], thing):
            continue
        hits = _matches(text, attributes, thing) if text else []
        if hits or not text:
            found.append((thing, hits))
    return _page(call, found)


def _page(call, found):
    params = call.params
    hits = {thing.seq: matches for thing, matches in found}
    things = [thing for thing, _ in found]
    sort = params.get("sort")
    if sort is not None:
        things.sort(key=lambda t: str(t.attribute(sort["attribute"]) or ""),
                    reverse=sort.get("order") == "DESCENDING")
        rank = {thing.seq: place for place, thing in enumerate(things)}
        order = (lambda thing: rank[thing.seq])
    else:
        order = None
    pager = Pager(call.settings, call.name, params)
    page, token = pager.cut(things, order=order)
    answer = {"items": [_describe(call, thing, hits[thing.seq])
                        for thing in page],
              "totalMatchCount": len(things)}
    if token is not None:
        answer["nextToken"] = token
    return answer
