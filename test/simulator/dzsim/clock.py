"""clock.py: the two times of the simulator.

Service time S is what Date headers and createdAt members show: the machine's
clock plus an offset (a wrong clock) plus what tests advanced.  Lifecycle time
L is what runs age by: it goes "scale" times as fast as S.  Because the scale
may change under a run, the history of (L, S) corners is kept, so that the
moment at which a run reached a state stays the same whenever it is asked.
All times are integers in microseconds.
"""
import time
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
SECOND = 1000000


class Clock:
    """Service time and lifecycle time, adjustable while running."""

    def __init__(self, scale=1.0):
        self.restart(scale)

    def restart(self, scale):
        """Both times as at the start of the process."""
        self.offset = 0
        self.advanced = 0
        now = self.now()
        self._corners = [(now, now, float(scale))]

    def wall(self):
        """The clock that signatures are checked against (no advance)."""
        return time.time_ns() // 1000 + self.offset

    def now(self):
        """Service time S."""
        return time.time_ns() // 1000 + self.offset + self.advanced

    @property
    def scale(self):
        return self._corners[-1][2]

    def lifecycle(self):
        """Lifecycle time L."""
        life, service, scale = self._corners[-1]
        return life + int((self.now() - service) * scale)

    def when(self, life):
        """Service time at which lifecycle time reached "life"."""
        for corner_life, service, scale in reversed(self._corners):
            if corner_life <= life:
                if scale <= 0:
                    return service
                return service + int((life - corner_life) / scale)
        first_life, service, _ = self._corners[0]
        return service - (first_life - life)

    def set_scale(self, scale):
        life = self.lifecycle()
        self._corners.append((life, self.now(), float(scale)))

    def set_offset(self, microseconds):
        """Make the service's clock wrong; runs do not age by it."""
        life = self.lifecycle()
        self.offset = microseconds
        self._corners.append((life, self.now(), self.scale))

    def advance(self, microseconds):
        """Let time pass at once, second for second, for both times."""
        scale = self.scale
        life = self.lifecycle()
        self._corners.append((life, self.now(), 1.0))
        self.advanced += microseconds
        self._corners.append((life + microseconds, self.now(), scale))


def to_datetime(microseconds):
    return EPOCH + timedelta(microseconds=microseconds)


def iso(microseconds):
    """ISO 8601 in UTC with as many digits of a fraction as are needed."""
    moment = to_datetime(microseconds)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    fraction = moment.microsecond
    if fraction % 1000:
        return "%s.%06dZ" % (text, fraction)
    if fraction:
        return "%s.%03dZ" % (text, fraction // 1000)
    return text + "Z"


def basic(microseconds):
    """The form of x-amz-date."""
    return to_datetime(microseconds).strftime("%Y%m%dT%H%M%SZ")


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun",
           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def http_date(microseconds):
    """The form of the Date header; independent of the locale."""
    moment = to_datetime(microseconds)
    return "%s, %02d %s %04d %02d:%02d:%02d GMT" % (
        _DAYS[moment.weekday()], moment.day, _MONTHS[moment.month - 1],
        moment.year, moment.hour, moment.minute, moment.second)


def parse_basic(text):
    """Microseconds of YYYYMMDDTHHMMSSZ, or None."""
    try:
        moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ")
    except ValueError:
        return None
    return int((moment.replace(tzinfo=timezone.utc) - EPOCH)
               / timedelta(microseconds=1))


def parse_iso(text):
    """Microseconds of an ISO 8601 moment (Z or +hh:mm), or None."""
    body = text.strip()
    if body.endswith(("Z", "z")):
        body = body[:-1] + "+00:00"
    main, dot, rest = body.partition(".")
    if dot:
        digits = 0
        while digits < len(rest) and rest[digits].isdigit():
            digits += 1
        body = main + "." + (rest[:digits] + "000000")[:6] + rest[digits:]
    try:
        moment = datetime.fromisoformat(body)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return (moment - EPOCH) // timedelta(microseconds=1)
