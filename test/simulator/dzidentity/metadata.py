"""metadata.py: the instance's metadata (version 2), containers, the portal.

Plain requests without a signature; what proves the caller is where he calls
from, and a token in a header.
"""
import secrets

from dzsim.clock import SECOND, iso
from dzsim.message import Response, error_response, json_response

_ROLES = "/latest/meta-data/iam/security-credentials/"
_REGION = "/latest/meta-data/placement/region"
_TOKEN = "/latest/api/token"
_TTL = "x-aws-ec2-metadata-token-ttl-seconds"


def operation(request):
    """What a request of these asks for, or None."""
    path = request.path
    if path == _TOKEN:
        return "ImdsToken"
    if path == _ROLES or path == _ROLES.rstrip("/"):
        return "ImdsRoles"
    if path.startswith(_ROLES):
        return "ImdsCredentials"
    if path == _REGION:
        return "ImdsRegion"
    if path == "/federation/credentials":
        return "SsoRoleCredentials"
    if path.startswith("/container"):
        return "ContainerCredentials"
    return None


def _text(status, text):
    return Response(status, [("Content-Type", "text/plain")], text.encode())


class Instance:
    """IMDSv2; version 1 is not to be had."""

    def __init__(self, service):
        self.service = service
        self.tokens = {}

    def answer(self, name, request):
        """The Response to a request."""
        settings = self.service.settings
        now = self.service.clock.wall()
        # the instance's metadata does not answer what was forwarded
        if settings["imds_disabled"] or request.header("x-forwarded-for"):
            return _text(403, "Forbidden")
        if name == "ImdsToken":
            return self._token(request, now)
        if request.method != "GET":
            return _text(405, "Method Not Allowed")
        if self.tokens.get(request.header("x-aws-ec2-metadata-token"),
                           0) <= now:
            return _text(401, "Unauthorized")
        if name == "ImdsRegion":
            return _text(200, settings["imds_region"])
        role = settings["imds_role"]
        if role is None:
            return _text(404, "Not Found")
        if name == "ImdsRoles":
            return _text(200, role)
        if request.path != _ROLES + role:
            return _text(404, "Not Found")
        return self._credentials(settings, now)

    def _token(self, request, now):
        if request.method != "PUT":
            return _text(405, "Method Not Allowed")
        text = request.header(_TTL, "")
        if not text.isdigit() or not 1 <= int(text) <= 21600:
            return _text(400, "Bad Request")
        seconds = self.service.settings["imds_token_seconds"]
        seconds = int(text) if seconds is None else seconds
        token = secrets.token_urlsafe(40) + "=="
        self.tokens[token] = now + int(seconds * SECOND)
        answer = _text(200, token)
        answer.headers.append(("X-Aws-Ec2-Metadata-Token-Ttl-Seconds",
                               str(int(seconds))))
        return answer

    def _credentials(self, settings, now):
        code = settings["imds_code"]
        if code != "Success":
            return json_response(200, {
                "Code": code, "Message": "EC2 cannot assume the role.",
                "LastUpdated": iso(now // SECOND * SECOND)})
        keys = self.service.keys.issue("imds", settings["imds_seconds"])
        return json_response(200, {
            "Code": "Success", "Type": "AWS-HMAC",
            "LastUpdated": iso(now // SECOND * SECOND),
            "AccessKeyId": keys.access_key,
            "SecretAccessKey": keys.secret_key,
            "Token": keys.session_token, "Expiration": iso(keys.expires)})


def container(service, request):
    """What ECS's agent and EKS Pod Identity's answer."""
    wanted = service.settings["container_authorization"]
    if request.method != "GET":
        return json_response(405, {"code": "MethodNotAllowed",
                                   "message": "GET alone"})
    if request.header("authorization") != wanted:
        return json_response(401 if wanted else 400, {
            "code": "AccessDenied", "message": "The token is not valid."})
    keys = service.keys.issue("ecs", service.settings["container_seconds"])
    return json_response(200, {
        "AccessKeyId": keys.access_key, "SecretAccessKey": keys.secret_key,
        "Token": keys.session_token, "Expiration": iso(keys.expires),
        "RoleArn": "arn:aws:iam::111122223333:role/task",
        "AccountId": "111122223333"})


def portal(service, request):
    """GetRoleCredentials of IAM Identity Center's portal."""
    settings = service.settings
    given = dict(request.query)
    token = request.header("x-amz-sso_bearer_token")
    if request.method != "GET" or not given.get("role_name") \
            or not given.get("account_id"):
        return error_response(400, "InvalidRequestException", "Bad request")
    if token is None or token != settings["sso_token"]:
        return error_response(401, "UnauthorizedException",
                              "Session token not found or invalid")
    if [given["account_id"], given["role_name"]] not in settings["sso_roles"]:
        return error_response(403, "ForbiddenException", "No access")
    keys = service.keys.issue("sso", settings["sso_seconds"])
    return json_response(200, {"roleCredentials": {
        "accessKeyId": keys.access_key, "secretAccessKey": keys.secret_key,
        "sessionToken": keys.session_token,
        "expiration": keys.expires // 1000}})
