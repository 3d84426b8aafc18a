"""paging.py: pages and their tokens.

A token holds where the last page ended, not a page number, so that a listing
stays whole while new items arrive.  It is opaque, bound to its operation and
filters, authenticated, and always contains '+', '/' and '=': a client that
does not encode it in a query fails at once.
"""
import base64
import hashlib
import hmac
import json

from .errors import validation

_SECRET = b"paging of the simulator"
_PREFIX = b"\xfb\xff\xbe"
_TAG = 12


def insert_by_seq(items, item):
    """Insert into a list that is sorted by .seq."""
    at = first_after(items, item.seq)
    items.insert(at, item)


def first_after(items, seq):
    """Index of the first item whose .seq is greater."""
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle].seq <= seq:
            low = middle + 1
        else:
            high = middle
    return low


def first_from(items, seq):
    """Index of the first item whose .seq is not smaller."""
    return first_after(items, seq - 1)


def _binding(operation, filters):
    text = json.dumps([operation, filters], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def make_token(operation, filters, anchor):
    raw = json.dumps([_binding(operation, filters), anchor]).encode()
    raw += b" " * (-(len(_PREFIX) + _TAG + len(raw)) % 3 + 1)
    tag = hmac.digest(_SECRET, raw, "sha256")[:_TAG]
    return base64.b64encode(_PREFIX + tag + raw).decode()


def read_token(operation, filters, token):
    """The anchor of a token; raises ValidationException."""
    bad = validation("Invalid nextToken provided.")
    try:
        raw = base64.b64decode(token.encode("ascii"), validate=True)
    except (ValueError, UnicodeEncodeError):
        raise bad
    tag, content = raw[3:3 + _TAG], raw[3 + _TAG:]
    if (raw[:3] != _PREFIX
            or tag != hmac.digest(_SECRET, content, "sha256")[:_TAG]):
        raise bad
    binding, anchor = json.loads(content)
    if binding != _binding(operation, filters):
        raise bad
    return anchor


def _forward(items, anchor):
    for index in range(0 if anchor is None else first_after(items, anchor),
                       len(items)):
        yield items[index]


def _backward(items, anchor):
    start = len(items) if anchor is None else first_from(items, anchor)
    for index in range(start - 1, -1, -1):
        yield items[index]


class Pager:
    """Cuts one page out of a list that is sorted by .seq."""

    def __init__(self, settings, operation, params, most=50):
        self.settings = settings
        self.operation = operation
        self.filters = {name: value for name, value in params.items()
                        if name not in ("nextToken", "maxResults")}
        self.limit = params.get("maxResults",
                                min(most, settings["default_page_size"]))
        token = params.get("nextToken")
        self.first = token is None
        self.anchor = (None if token is None else
                       read_token(operation, self.filters, token))

    def cut(self, items, accept=None, backward=False, order=None):
        """(items of this page, nextToken or None).

        "order" is a function item -> sortable position where the order is
        not that of .seq; the list is then sorted here.
        """
        if order is not None:
            walk = self._ordered(items, order)
        elif backward:
            walk = _backward(items, self.anchor)
        else:
            walk = _forward(items, self.anchor)
        limit = self.limit
        style = self.settings["page_style"]
        if style == "short" and limit > 1:
            limit = max(1, limit // 2)
        page = []
        more = False
        for item in walk:
            if accept is not None and not accept(item):
                continue
            if len(page) == limit:
                more = True
                break
            page.append(item)
        if style == "trailing_empty" and page:
            more = True
        if not more:
            return page, None
        anchor = order(page[-1]) if order else page[-1].seq
        return page, make_token(self.operation, self.filters, anchor)

    def _ordered(self, items, order):
        pairs = sorted(((order(item), item) for item in items),
                       key=lambda pair: pair[0])
        for position, item in pairs:
            if self.anchor is None or position > self.anchor:
                yield item
