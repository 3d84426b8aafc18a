"""sts.py: the Security Token Service, in the Query protocol.

AssumeRole is signed, and the signature is checked; AssumeRoleWithWebIdentity
is proved by its token.  The words are the service's own.
"""
import re
import urllib.parse
from xml.sax.saxutils import escape

from dzsim.clock import iso
from dzsim.errors import ServiceError
from dzsim.message import Response

VERSION = "2011-06-15"
_NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"
_SESSION = re.compile(r"[\w+=,.@-]{2,64}\Z", re.ASCII)
_EXTERNAL = re.compile(r"[\w+=,.@:/-]{2,1224}\Z", re.ASCII)
_ROLE = re.compile(r"arn:[\w-]+:iam::(\d{12}):role/(?:[\w+=,.@-]+/)*"
                   r"([\w+=,.@-]{1,64})\Z", re.ASCII)
# What the signature's checker calls it, and what STS does.
_CODES = {"UnrecognizedClientException": "InvalidClientTokenId",
          "InvalidSignatureException": "SignatureDoesNotMatch",
          "IncompleteSignatureException": "IncompleteSignature",
          "MissingAuthenticationTokenException": "MissingAuthenticationToken",
          "ExpiredTokenException": "ExpiredToken"}
_PARAMETERS = {
    "AssumeRole": {"RoleArn", "RoleSessionName", "DurationSeconds",
                   "ExternalId"},
    "AssumeRoleWithWebIdentity": {"RoleArn", "RoleSessionName",
                                  "DurationSeconds", "WebIdentityToken"},
    "GetCallerIdentity": set()}


def action(request):
    """The operation that a request to STS asks for, or None."""
    return form(request).get("Action")


def form(request):
    """The parameters of the body; of repeated ones the last."""
    text = request.body.decode("utf-8", "replace")
    return dict(urllib.parse.parse_qsl(text, keep_blank_values=True))


def refusal(error, request_id):
    """The Response to a ServiceError."""
    code = _CODES.get(error.code, error.code)
    kind = "Receiver" if error.status >= 500 else "Sender"
    body = ('<ErrorResponse xmlns="%s">\n  <Error>\n    <Type>%s</Type>\n'
            "    <Code>%s</Code>\n    <Message>%s</Message>\n  </Error>\n"
            "  <RequestId>%s</RequestId>\n</ErrorResponse>\n"
            % (_NAMESPACE, kind, escape(code), escape(error.message),
               request_id))
    return Response(error.status, [("Content-Type", "text/xml")],
                    body.encode(), code=code)


def answer(service, name, request, record):
    """The Response to a request; raises ServiceError."""
    _check_protocol(request)
    given = form(request)
    unknown = set(given) - {"Action", "Version"} - _PARAMETERS[name]
    if given.get("Version") != VERSION or unknown:
        raise ServiceError("ValidationError", 400, "Unknown version or "
                           "parameter %s" % ", ".join(sorted(unknown)))
    if name == "AssumeRoleWithWebIdentity":
        caller = _check_web_token(service, given, request)
    else:
        caller = service.authenticate(request, record)
    if name == "GetCallerIdentity":
        return _document(name, "<Arn>arn:aws:iam::111122223333:user/%s</Arn>"
                         "<UserId>AIDAEXAMPLE</UserId>"
                         "<Account>111122223333</Account>"
                         % escape(caller), record)
    role = _check_role(service, given, caller)
    seconds = _duration(given, service.keys.of(caller) is not None)
    lifetime = service.settings["sts_seconds"]
    keys = service.keys.issue(
        "sts", seconds if lifetime is None else lifetime,
        "%s/%s" % (given["RoleArn"], given["RoleSessionName"]))
    return _document(name, _credentials(keys) + _assumed(role, given),
                     record)


def _check_protocol(request):
    kind = request.header("content-type", "").partition(";")[0].strip()
    if request.method != "POST" or kind != "application/x-www-form-urlencoded":
        raise ServiceError("MalformedInput", 400, "Not a form.")


def _check_web_token(service, given, request):
    token = given.get("WebIdentityToken", "")
    wanted = service.settings["web_identity_token"]
    if not 4 <= len(token) <= 20000:
        raise ServiceError("ValidationError", 400, "1 validation error "
                           "detected: Value at 'webIdentityToken' failed to "
                           "satisfy constraint: Member must have length "
                           "greater than or equal to 4")
    if wanted is not None and token != wanted:
        raise ServiceError("InvalidIdentityToken", 400,
                           "No OpenIDConnect provider found in your account")
    if request.header("authorization") is not None:
        raise ServiceError("ValidationError", 400, "The stand-in wants this "
                           "request unsigned: there is nobody to sign it.")
    return "web identity"


def _check_role(service, given, caller):
    found = _ROLE.match(given.get("RoleArn", ""))
    if found is None:
        raise ServiceError("ValidationError", 400,
                           "%s is invalid" % given.get("RoleArn", ""))
    if not _SESSION.match(given.get("RoleSessionName", "")):
        raise ServiceError("ValidationError", 400, "1 validation error "
                           "detected: Value at 'roleSessionName' failed to "
                           "satisfy constraint: Member must satisfy regular "
                           r"expression pattern: [\w+=,.@-]*")
    external = given.get("ExternalId")
    if external is not None and not _EXTERNAL.match(external):
        raise ServiceError("ValidationError", 400, "externalId")
    rule = service.settings["roles"].get(given["RoleArn"], {})
    trusted = rule.get("trusts")
    session = service.keys.of(caller)
    names = {caller, session and session.session
             and session.session.rpartition("/")[0]}
    if (rule.get("denied") or rule.get("external_id", external) != external
            or (trusted is not None and not names & set(trusted))):
        raise ServiceError(
            "AccessDenied", 403, "User: %s is not authorized to perform: "
            "sts:AssumeRole on resource: %s" % (caller, given["RoleArn"]))
    return found


def _duration(given, is_session):
    text = given.get("DurationSeconds", "3600")
    if not text.isdigit() or not 900 <= int(text) <= 43200:
        raise ServiceError("ValidationError", 400, "durationSeconds")
    if is_session and int(text) > 3600:
        raise ServiceError("ValidationError", 400, "The requested "
                           "DurationSeconds exceeds the 1 hour session limit "
                           "for roles assumed by role chaining")
    return int(text)


def _credentials(keys):
    return ("<Credentials><AccessKeyId>%s</AccessKeyId>"
            "<SecretAccessKey>%s</SecretAccessKey>"
            "<SessionToken>%s</SessionToken><Expiration>%s</Expiration>"
            "</Credentials>"
            % (keys.access_key, escape(keys.secret_key),
               escape(keys.session_token), iso(keys.expires)))


def _assumed(role, given):
    return ("<AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:%s</AssumedRoleId>"
            "<Arn>arn:aws:sts::%s:assumed-role/%s/%s</Arn></AssumedRoleUser>"
            "<PackedPolicySize>6</PackedPolicySize>"
            % (given["RoleSessionName"], role.group(1), role.group(2),
               given["RoleSessionName"]))


def _document(name, result, record):
    body = ('<%sResponse xmlns="%s"><%sResult>%s</%sResult>'
            "<ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata>"
            "</%sResponse>" % (name, _NAMESPACE, name, result, name,
                               record["request_id"], name))
    return Response(200, [("Content-Type", "text/xml")], body.encode())
