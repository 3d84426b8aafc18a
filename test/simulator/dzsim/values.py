"""values.py: numbers that json.dumps cannot write.

The service writes a moment as epoch seconds, sometimes in the scientific
form.  Python's encoder knows one form of a float, so a moment travels
through it as a marked string and is replaced in the encoded body.
"""
import os
import re


class Epochs:
    """Marks moments and turns the marks into numbers."""

    def __init__(self, settings):
        self._settings = settings
        self._nonce = "@" + os.urandom(6).hex() + "@"
        self._pattern = re.compile(
            ("\"%s(-?[0-9]+)\"" % self._nonce).encode())
        self._bytes = self._nonce.encode()

    def mark(self, microseconds):
        return self._nonce + str(microseconds)

    def finish(self, body):
        """The encoded document with its moments as numbers."""
        if self._bytes not in body:
            return body
        return self._pattern.sub(self._number, body)

    def _number(self, match):
        return self.number(int(match.group(1))).encode()

    def number(self, microseconds):
        style = self._settings["epoch_style"]
        if style == "mixed":
            scientific = microseconds // 1000 % 2 == 1
        else:
            scientific = style == "scientific"
        sign = "-" if microseconds < 0 else ""
        whole, fraction = divmod(abs(microseconds), 1000000)
        if not scientific:
            tail = ("%06d" % fraction).rstrip("0")
            return "%s%d%s" % (sign, whole, "." + tail if tail else "")
        digits = "%d%06d" % (whole, fraction)
        exponent = len(str(whole)) - 1
        tail = digits[1:].rstrip("0") or "0"
        return "%s%s.%sE%d" % (sign, digits[0], tail, exponent)
