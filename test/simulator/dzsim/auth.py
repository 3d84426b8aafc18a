"""auth.py: who is calling, and whether the signature proves it.

Answers in the service's own codes and words.  A wrong signature repeats the
canonical request, as the service does: a client that copies that text into a
log leaks its session token, and tests look for exactly that.
"""
import hashlib
import hmac

from . import clock as clocks
from . import sigv4
from .errors import ServiceError

_SCOPE_END = "aws4_request"


class Identity:
    """An access key and what it may do."""

    def __init__(self, access_key, secret_key, session_token=None, name=None,
                 denied=(), unauthorized=False, expired=False):
        self.access_key = access_key
        self.secret_key = secret_key
        self.session_token = session_token
        self.name = name or "user_" + access_key[-8:].lower()
        self.denied = set(denied)
        self.unauthorized = unauthorized
        self.expired = expired

    def may(self, operation):
        return "*" not in self.denied and operation not in self.denied


def _refuse(code, message, status=403):
    return ServiceError(code, status, message)


def _parse_authorization(value):
    """(access key, scope parts, signed header names, signature)."""
    head, _, rest = value.partition(" ")
    if head != sigv4.ALGORITHM:
        raise _refuse("IncompleteSignatureException",
                      "Unsupported AWS 'algorithm': '%s'" % head, 400)
    fields = {}
    for item in rest.split(","):
        name, _, content = item.strip().partition("=")
        fields[name] = content
    for name in ("Credential", "Signature", "SignedHeaders"):
        if not fields.get(name):
            raise _refuse("IncompleteSignatureException",
                          "Authorization header requires '%s' parameter."
                          % name, 400)
    credential = fields["Credential"].split("/")
    if len(credential) != 5:
        raise _refuse("IncompleteSignatureException",
                      "Credential must have exactly 5 slash-delimited "
                      "elements, e.g. keyid/date/region/service/term.", 400)
    return (credential[0], credential[1:],
            fields["SignedHeaders"].split(";"), fields["Signature"])


class Authenticator:
    """Checks requests for one region and service."""

    def __init__(self, clock, region, service="datazone"):
        self.clock = clock
        self.region = region
        self.service = service
        self.identities = {}
        self.show_canonical = True
        self.max_skew_seconds = 300
        self._keys = {}

    def add(self, identity):
        self.identities[identity.access_key] = identity
        self._keys.clear()

    def replace(self, identities):
        """Know these identities (a dict by access key) and no others."""
        self.identities = dict(identities)
        self._keys.clear()

    def check(self, request):
        """The identity that signed the request; raises ServiceError."""
        value = request.header("authorization")
        if value is None:
            raise _refuse("MissingAuthenticationTokenException",
                          "Missing Authentication Token")
        access_key, scope, signed, given = _parse_authorization(value)
        identity = self.identities.get(access_key)
        self._check_token(request, identity)
        timestamp = request.header("x-amz-date")
        self._check_date(timestamp, scope)
        self._check_scope(scope)
        self._check_signed_headers(request, signed)
        self._check_signature(request, identity, timestamp, scope, signed,
                              given)
        if identity.expired:
            raise _refuse("ExpiredTokenException",
                          "The security token included in the request is "
                          "expired")
        return identity

    @staticmethod
    def _check_token(request, identity):
        if identity is None or (request.header("x-amz-security-token")
                                != identity.session_token):
            raise _refuse("UnrecognizedClientException",
                          "The security token included in the request is "
                          "invalid.")

    def _check_date(self, timestamp, scope):
        then = clocks.parse_basic(timestamp or "")
        if then is None:
            raise _refuse("IncompleteSignatureException",
                          "Date must be in ISO-8601 'basic format'. Got '%s'."
                          % timestamp, 400)
        if scope[0] != timestamp[:8]:
            raise _refuse("InvalidSignatureException",
                          "Date in Credential scope does not match YYYYMMDD "
                          "from ISO-8601 version of date from HTTP: '%s' != "
                          "'%s', from '%s'."
                          % (scope[0], timestamp[:8], timestamp))
        now = self.clock.wall()
        skew = int(self.max_skew_seconds * clocks.SECOND)
        minutes = self.max_skew_seconds // 60
        if then < now - skew:
            raise _refuse("InvalidSignatureException",
                          "Signature expired: %s is now earlier than %s "
                          "(%s - %d min.)"
                          % (timestamp, clocks.basic(now - skew),
                             clocks.basic(now), minutes))
        if then > now + skew:
            raise _refuse("InvalidSignatureException",
                          "Signature not yet current: %s is still later than "
                          "%s (%s + %d min.)"
                          % (timestamp, clocks.basic(now + skew),
                             clocks.basic(now), minutes))

    def _check_scope(self, scope):
        if scope[1] != self.region:
            raise _refuse("InvalidSignatureException",
                          "Credential should be scoped to a valid region, "
                          "not '%s'." % scope[1])
        if scope[2] != self.service:
            raise _refuse("InvalidSignatureException",
                          "Credential should be scoped to correct service: "
                          "'%s'." % self.service)
        if scope[3] != _SCOPE_END:
            raise _refuse("InvalidSignatureException",
                          "Credential should be scoped with a valid "
                          "terminator: '%s', not '%s'."
                          % (_SCOPE_END, scope[3]))

    @staticmethod
    def _check_signed_headers(request, signed):
        if signed != sorted(signed) or any(s != s.lower() for s in signed):
            raise _refuse("InvalidSignatureException",
                          "SignedHeaders must be lower case and sorted.")
        needed = {"host"}
        needed.update(name for name, _ in request.headers
                      if name in ("x-amz-date", "x-amz-security-token",
                                  "x-amz-content-sha256"))
        for name in sorted(needed - set(signed)):
            raise _refuse("InvalidSignatureException",
                          "'%s' must be a 'SignedHeader' in the AWS "
                          "Authorization." % name)
        for name in signed:
            if request.header(name) is None:
                raise _refuse("InvalidSignatureException",
                              "The signed header '%s' is not in the request."
                              % name)

    def _check_signature(self, request, identity, timestamp, scope, signed,
                         given):
        body_hash = hashlib.sha256(request.body).hexdigest()
        declared = request.header("x-amz-content-sha256")
        if declared is not None and declared != body_hash:
            raise _refuse("InvalidSignatureException",
                          "The value of x-amz-content-sha256 does not match "
                          "the body.")
        canonical = sigv4.canonical_request(
            request.method, request.path, request.query_string,
            request.headers, signed, body_hash)
        text = sigv4.string_to_sign(timestamp, "/".join(scope), canonical)
        key = self._key(identity, scope)
        if hmac.compare_digest(sigv4.signature(key, text).encode(),
                               given.encode("utf-8", "surrogateescape")):
            return
        message = ("The request signature we calculated does not match the "
                   "signature you provided. Check your AWS Secret Access Key "
                   "and signing method. Consult the service documentation "
                   "for details.")
        if self.show_canonical:
            message += ("\n\nThe Canonical String for this request should "
                        "have been\n'%s'\n\nThe String-to-Sign should have "
                        "been\n'%s'\n" % (canonical, text))
        raise _refuse("InvalidSignatureException", message)

    def _key(self, identity, scope):
        cached = (identity.access_key, scope[0], scope[1], scope[2])
        key = self._keys.get(cached)
        if key is None:
            key = sigv4.signing_key(identity.secret_key, *scope[:3])
            self._keys[cached] = key
        return key
