"""sigv4.py: Signature Version 4 as the receiving side computes it.

Written from the published rules: the canonical request is rebuilt from what
arrived on the wire, never from what a client says it signed.  Nothing in
here knows identities or clocks; auth.py does.
"""
import hashlib
import hmac

ALGORITHM = "AWS4-HMAC-SHA256"
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                        b"0123456789-._~")
_PATH_TABLE = ["%c" % c if c in _UNRESERVED or c == 0x2F else "%%%02X" % c
               for c in range(256)]
_QUERY_TABLE = ["%c" % c if c in _UNRESERVED else "%%%02X" % c
                for c in range(256)]
_HEX = {("%02x" % c).encode(): bytes([c]) for c in range(256)}
_HEX.update({("%02X" % c).encode(): bytes([c]) for c in range(256)})
_HEX.update({("%x%X" % (c >> 4, c & 15)).encode(): bytes([c])
             for c in range(256)})
_HEX.update({("%X%x" % (c >> 4, c & 15)).encode(): bytes([c])
             for c in range(256)})


def percent_decode(text):
    """Bytes of a percent-encoded str; a stray '%' and '+' stay as they are."""
    raw = text.encode("utf-8", "surrogateescape")
    if b"%" not in raw:
        return raw
    parts = raw.split(b"%")
    out = [parts[0]]
    for part in parts[1:]:
        byte = _HEX.get(part[:2])
        out.append(b"%" + part if byte is None else byte + part[2:])
    return b"".join(out)


def encode_query(raw):
    """Percent-encode bytes for the canonical query (and for URLs)."""
    return "".join(map(_QUERY_TABLE.__getitem__, raw))


def normalize_path(path):
    """Remove dot segments and empty segments; a trailing slash stays."""
    if "/." not in path and "//" not in path:
        return path or "/"
    kept = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment not in ("", "."):
            kept.append(segment)
    trailing = segments[-1] in ("", ".", "..") and kept
    return "/" + "/".join(kept) + ("/" if trailing else "")


def canonical_path(path, normalize=True, double=True):
    """The wire path, normalised and (for all but S3) encoded once more."""
    if normalize:
        path = normalize_path(path)
    if not double:
        return path
    raw = path.encode("utf-8", "surrogateescape")
    return "".join(map(_PATH_TABLE.__getitem__, raw)) or "/"


def canonical_query(query):
    """Decode, encode, sort by encoded name and then by encoded value."""
    if not query:
        return ""
    pairs = []
    for item in query.split("&"):
        if item:
            name, _, value = item.partition("=")
            pairs.append((encode_query(percent_decode(name)),
                          encode_query(percent_decode(value))))
    pairs.sort()
    return "&".join(name + "=" + value for name, value in pairs)


def canonical_headers(headers, signed):
    """The lines of the signed headers; headers is a list of (lower, value)."""
    lines = []
    for name in signed:
        values = [" ".join(value.split()) for key, value in headers
                  if key == name]
        lines.append(name + ":" + ",".join(values) + "\n")
    return "".join(lines)


def canonical_request(method, path, query, headers, signed, body_hash,
                      normalize=True, double=True):
    """The canonical request as one str, without a newline at its end."""
    return "\n".join((method, canonical_path(path, normalize, double),
                      canonical_query(query),
                      canonical_headers(headers, signed),
                      ";".join(signed), body_hash))


def string_to_sign(timestamp, scope, request):
    """What the key signs; timestamp as in x-amz-date, scope without key id."""
    digest = hashlib.sha256(
        request.encode("utf-8", "surrogateescape")).hexdigest()
    return "\n".join((ALGORITHM, timestamp, scope, digest))


def signing_key(secret, date, region, service):
    """The key of one day, region and service (four chained HMACs)."""
    key = ("AWS4" + secret).encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def signature(key, text):
    """Hexadecimal signature of a string to sign."""
    return hmac.digest(key, text.encode("utf-8", "surrogateescape"),
                       "sha256").hex()
