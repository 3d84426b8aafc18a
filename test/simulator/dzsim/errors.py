"""errors.py: what the service says when it refuses.

One exception class carries code, status and text to the one place that turns
it into an answer, so that an operation can refuse at any depth.
"""


class ServiceError(Exception):
    """A refusal as the service words it: code, HTTP status, message."""

    def __init__(self, code, status, message):
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message


def validation(message):
    """A single complaint in the service's own words."""
    return ServiceError("ValidationException", 400, message)


def constraint(problems):
    """Constraint violations, a list of (member path, what it must be)."""
    words = "; ".join(
        "Value at '%s' failed to satisfy constraint: %s" % problem
        for problem in problems)
    noun = "error" if len(problems) == 1 else "errors"
    return validation("%d validation %s detected: %s"
                      % (len(problems), noun, words))


def serialization(message):
    """A body that could not be read at all."""
    return ServiceError("SerializationException", 400, message)


def not_found(message):
    return ServiceError("ResourceNotFoundException", 404, message)


def conflict(message):
    return ServiceError("ConflictException", 409, message)


def quota(message):
    return ServiceError("ServiceQuotaExceededException", 402, message)


def throttled():
    return ServiceError("ThrottlingException", 429, "Rate exceeded")


def access_denied(operation):
    """Also the answer for a domain that does not exist."""
    return ServiceError("AccessDeniedException", 403,
                        "User is not permitted to perform operation: "
                        + operation)


def unauthorized():
    return ServiceError("UnauthorizedException", 401,
                        "User is not authorized to access this domain.")


def unknown_operation(simulated):
    """No such operation, or one that is not among the simulated ones."""
    return ServiceError("UnknownOperationException", 404,
                        "The requested operation is not recognized by the "
                        "service: this simulator has %d operations."
                        % simulated)
