"""keys.py: keys that were issued, and who is told of them.

Each fetch gives new keys, so that a test sees in a request's signature which
fetch they came from.  The simulators of services learn of them before the
client does: a signature with issued keys is checked like any other.
"""
import json
import secrets
import urllib.request

from dzsim.auth import Identity
from dzsim.clock import SECOND, iso

# In every secret that is issued, for tests that look where one went.
STEM = "Zq7yK"


class Issued:
    """One set of temporary keys."""

    def __init__(self, source, number, session, issued, expires):
        self.source = source
        self.number = number
        self.session = session
        self.issued = issued
        self.expires = expires
        self.access_key = "ASIA%s%08d" % (source.upper()[:8], number)
        self.secret_key = "%s/%s+%s" % (STEM, secrets.token_hex(12), STEM)
        self.session_token = "%s/%s+%s==" % (STEM, secrets.token_hex(90),
                                             STEM)

    def describe(self):
        """For the control API."""
        return {"source": self.source, "number": self.number,
                "session": self.session, "access_key": self.access_key,
                "secret_key": self.secret_key,
                "session_token": self.session_token,
                "issued": iso(self.issued), "expires": iso(self.expires)}


class Keys:
    """Long-term keys, issued keys, and the simulators that know them."""

    def __init__(self, clock, authenticator, simulators):
        self.clock = clock
        self.authenticator = authenticator
        self.simulators = simulators
        self.numbers = {}
        self.issued = []

    def issue(self, source, seconds, session=None):
        """New keys, which expire so many seconds from now."""
        number = self.numbers[source] = self.numbers.get(source, 0) + 1
        now = self.clock.wall()
        # whole seconds, as all four services tell it
        expires = (now + int(seconds * SECOND)) // SECOND * SECOND
        found = Issued(source, number, session, now, expires)
        self.issued.append(found)
        self._announce({"access_key": found.access_key,
                        "secret_key": found.secret_key,
                        "session_token": found.session_token})
        return found

    def of(self, access_key):
        """The issued keys of that id, or None."""
        for found in self.issued:
            if found.access_key == access_key:
                return found
        return None

    def expire(self, access_key):
        """From now on services say that these keys have expired."""
        found = self.of(access_key)
        if found is None:
            raise KeyError("no such key")
        self._announce({"access_key": found.access_key,
                        "secret_key": found.secret_key,
                        "session_token": found.session_token,
                        "expired": True})

    def _announce(self, identity):
        self.authenticator.add(Identity(**identity))
        for url in self.simulators:
            request = urllib.request.Request(
                url + "/identities", json.dumps(identity).encode(),
                {"Content-Type": "application/json"})
            opener = urllib.request.build_opener(
                urllib.request.ProxyHandler({}))
            with opener.open(request, timeout=10):
                pass
