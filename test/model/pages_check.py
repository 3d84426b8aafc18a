"""Listings of every paginated operation, from a service that pages as it is
told to: which requests are made, and which items come of the answers."""

import itertools

import answers
import backend
import database
import samples
from answers_check import same_value

SEED = 20261121
TOKENS = ["a+b/c= \u00e9~", "\U0001f600&maxResults=1#?%2B\"\\'", " x "]
REPEATED = "The service repeated a \"nextToken\""
PAGINATED = 41


class Pager:
    """One paginated operation: its params, its pages, its requests."""

    def __init__(self, checks, name):
        self.name = name
        self.checks = checks
        operation = checks.model.operations[name]
        (self.token_in, self.token_out, self.limit, self.key, self.min,
         self.max) = operation["pager"]
        output = checks.model.members(operation["output"])
        self.is_required = output[self.key]["required"]
        self.item = checks.model.shapes[output[self.key]["shape"]]["item"]
        self.params = checks.samples.params(name, "least")
        self.params.pop("domainIdentifier", None)

    def page(self, count, token=None, mode="all"):
        """Return an answer's members: "count" items, and the next token."""
        maker = self.checks.maker
        page = maker.body(self.name, "least")
        page.pop(self.token_out, None)
        page[self.key] = [maker.value(self.item, mode, 1)
                          for _ in range(count)]
        if token is not None:
            page[self.token_out] = token
        return maker.on_the_wire(page)

    def size(self, wanted):
        """Return the page size to ask for where so many items are wanted."""
        return max(min(wanted, self.max), self.min)

    def items(self, *pages):
        """Return the items of pages as SQL should see them."""
        return [self.checks.reader.item(self.name, item, i)[0]
                for page in pages for i, item in enumerate(page[self.key])]

    def problems(self, pages, wanted, requests, max_items=None, params=None):
        """List these pages.  Say what is not as wanted: the items (a list) or
        the words of HV00M (a text), and the requests' (size, token)."""
        params = self.params if params is None else params
        got, arrived = self.checks.backend.list(
            self.name, params,
            [(200, database.dump(page).encode()) for page in pages],
            max_items)
        found = []
        if isinstance(wanted, str):
            if got.get("state") != "HV00M" or wanted not in got["detail"]:
                found.append(f"{str(got)[:500]}, not {wanted}")
        elif not same_value(got.get("items"), wanted):
            found.append(f"{str(got)[:500]}, not {str(wanted)[:500]}")
        if len(arrived) != len(requests):
            found.append(f"{len(arrived)} requests, not {len(requests)}")
        for request, (size, token) in zip(arrived, requests):
            told = dict(params, **{self.limit: size})
            if token is not None:
                told[self.token_in] = token
            found += backend.differences(request, self.checks.renderer.render(
                self.name, told, backend.DOMAIN))
        return [f"{self.name}: {text}" for text in found]


class Checks:
    """What all checks need."""

    def __init__(self, tap, session, model, renderer):
        self.tap = tap
        self.backend = session
        self.model = model
        self.renderer = renderer
        self.samples = samples.Samples(model, SEED)
        self.maker = answers.Answers(model, SEED)
        self.reader = answers.Reader(model)
        self.pagers = [Pager(self, name) for name in sorted(model.operations)
                       if model.operations[name]["pager"] is not None]

    def each(self, name, check):
        """Run a check, which returns what is wrong, for every operation."""
        bad = [text for pager in self.pagers for text in check(pager)]
        self.tap.point(not bad and len(self.pagers) == PAGINATED,
                       f"{len(self.pagers)} listings: {name}", bad)


def three_pages(pager):
    """Pages of different sizes, with tokens of any text."""
    pages = [pager.page(2, TOKENS[0]), pager.page(3, TOKENS[1]),
             pager.page(0, TOKENS[2]), pager.page(1)]
    return pager.problems(
        pages, pager.items(*pages),
        [(pager.max, token) for token in (None, *TOKENS)])


def first_items(pager):
    """A limit inside a page, at a page's end, and beyond a whole page."""
    pages = [pager.page(2, "t1"), pager.page(3, "t2")]
    found = pager.problems(
        pages, pager.items(*pages)[:4],
        [(pager.size(4), None), (pager.size(2), "t1")], 4)
    found += pager.problems(
        pages, pager.items(pages[0]), [(pager.size(2), None)], 2)
    pages = [pager.page(pager.max, "t1", "least"), pager.page(5, "t2")]
    found += pager.problems(
        pages, pager.items(*pages),
        [(pager.max, None), (pager.size(5), "t1")], pager.max + 5)
    pages = [pager.page(1, "t1"), pager.page(1)]
    return found + pager.problems(
        pages, pager.items(*pages),
        [(pager.max, None), (pager.max, "t1")], 1000)


def no_items(pager):
    """Of no items nothing is asked."""
    return pager.problems([], [], [], 0)


def own_place(pager):
    """The caller's page size and place to begin at."""
    own = dict(pager.params, **{pager.limit: pager.min + 1,
                                pager.token_in: TOKENS[1]})
    pages = [pager.page(2, "t1"), pager.page(2)]
    found = []
    for limit in (None, 3):
        found += pager.problems(
            pages, pager.items(*pages)[:limit],
            [(pager.min + 1, TOKENS[1]), (pager.min + 1, "t1")], limit, own)
    return found


def all_params(pager):
    """Everything else that the caller says stays in every request."""
    params = pager.checks.samples.params(pager.name, "awkward")
    for name in ("domainIdentifier", pager.token_in, pager.limit):
        params.pop(name, None)
    pages = [pager.page(1, "t1"), pager.page(1)]
    return pager.problems(pages, pager.items(*pages),
                          [(pager.max, None), (pager.max, "t1")], None,
                          params)


def same_token(pager):
    """The token that was asked with."""
    return pager.problems(
        [pager.page(1, "t1") for _ in range(9)], REPEATED,
        [(pager.max, None), (pager.max, "t1")])


def two_tokens(pager):
    """Two tokens by turns."""
    turns = ["t1", "t2", "t1", "t2"]
    return pager.problems(
        [pager.page(1, token) for token in turns * 3], REPEATED,
        [(pager.max, token) for token in [None, *turns[:3]]])


def ends(pager):
    """A token that is null or empty is none; one that is no text is an
    error."""
    found = []
    for token in (None, ""):
        page = pager.page(2)
        page[pager.token_out] = token
        found += pager.problems([page], pager.items(page),
                                [(pager.max, None)])
    for token in (5, True, ["t"], {"t": "t"}):
        page = pager.page(2)
        page[pager.token_out] = token
        found += pager.problems(
            [page], "Member \"nextToken\" is not a string",
            [(pager.max, None)])
    return found


def absent_items(pager):
    """A page without its array, where that may be and where it may not."""
    found = []
    for value in ("absent", None):
        first, last = pager.page(0, "t1"), pager.page(1)
        if value is None:
            first[pager.key] = None
        else:
            del first[pager.key]
        if pager.is_required:
            found += pager.problems(
                [first, last], f"The answer has no array \"{pager.key}\"",
                [(pager.max, None)])
        else:
            found += pager.problems(
                [first, last], pager.items(last),
                [(pager.max, None), (pager.max, "t1")])
    for value in ("text", {"a": "b"}, 5, False):
        page = pager.page(0)
        page[pager.key] = value
        found += pager.problems(
            [page], f"The answer has no array \"{pager.key}\"",
            [(pager.max, None)])
    return found


def wrong_item(pager):
    """What is wrong with an item is told by its place in the page."""
    pages = [pager.page(2, "t1"), pager.page(3)]
    pages[1][pager.key][2] = 5
    return pager.problems(
        pages, f"Member \"{pager.key}[2]\" is not an object",
        [(pager.max, None), (pager.max, "t1")])


def test_places(checks):
    """Tokens and sizes are in the query of most, in the body of some."""
    places = [checks.model.members(checks.model.operations[pager.name]
                                   ["input"])
              for pager in checks.pagers]
    checks.tap.same(
        [sum(members[name]["place"] == place for pager, members
             in zip(checks.pagers, places) for name in (pager.token_in,
                                                        pager.limit))
         for place in ("querystring", "body")], [2 * 36, 2 * 5],
        "36 have token and page size in the query, 5 in the body")
    checks.tap.same(
        {pager.name: pager.min for pager in checks.pagers if pager.min != 1},
        {"ListRules": 25, "ListDesignations": 10},
        "two do not take a page size of 1")
    checks.tap.same(
        sorted({pager.key for pager in checks.pagers}),
        ["grantList", "items", "members", "nodes", "notifications", "owners"],
        "items have six names")
    checks.tap.same(sum(pager.is_required for pager in checks.pagers), 19,
                    "19 promise an array")


def test_cycles(checks):
    """Long listings are no cycles; longer cycles are found, too."""
    pager = checks.pagers[0]
    tokens = [f"t{i}" for i in range(150)]
    pages = [pager.page(1, token, "least") for token in [*tokens, None]]
    bad = pager.problems(pages, pager.items(*pages),
                         [(pager.max, token) for token in [None, *tokens]])
    checks.tap.point(not bad, "151 pages", bad)
    for length in (3, 5, 8, 13):
        for before in (0, 6):
            tokens = list(itertools.islice(itertools.chain(
                (f"b{i}" for i in range(before)),
                itertools.cycle(f"t{i}" for i in range(length))), 100))
            got, arrived = checks.backend.list(
                pager.name, pager.params,
                [(200, database.dump(pager.page(1, token, "least")).encode())
                 for token in tokens])
            checks.tap.point(
                got.get("state") == "HV00M" and REPEATED in got["detail"]
                and len(arrived) <= 3 * max(before, length) + length,
                f"a cycle of {length} tokens behind {before} others ends"
                f" after {len(arrived)} requests", [got])


def run(tap, session, model, renderer):
    """Run all of this file."""
    checks = Checks(tap, session, model, renderer)
    test_places(checks)
    checks.each("four pages, one of them empty, tokens of any text",
                three_pages)
    checks.each("max_items ends the requests and says the page size",
                first_items)
    checks.each("max_items 0 asks nothing", no_items)
    checks.each("the caller's own page size and token", own_place)
    checks.each("the caller's other params are in every request", all_params)
    checks.each("a repeated token is an error", same_token)
    checks.each("two tokens by turns are an error", two_tokens)
    checks.each("null and an empty text end it, what is no text is an error",
                ends)
    checks.each("an absent array is empty where it may be absent",
                absent_items)
    checks.each("an item that is not what it should be has its place told",
                wrong_item)
    test_cycles(checks)
