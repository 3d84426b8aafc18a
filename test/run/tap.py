"""Read what test programs print, and count it.

Three dialects: the Test Anything Protocol (unit, TAP and conformance tests),
Python's unittest, and an exit status with no words (one test).  A program
that promises more tests than it ran, dies, or says nothing, has failed: no
reader here can turn silence into success.
"""

import dataclasses
import re

POINT = re.compile(r"^(not )?ok\b[ \t]*(\d+)?[ \t]*(?:-[ \t]*)?(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)[ \t]*(?:#[ \t]*SKIP\b[ \t:]*(.*))?$", re.I)
DIRECTIVE = re.compile(r"(?:^|[ \t])#[ \t]*(SKIP|TODO)\b[ \t:]*(.*)$", re.I)
RAN = re.compile(r"^Ran (\d+) tests? in ", re.M)
UNITTEST_SKIP = re.compile(r"^(.*) \.\.\. skipped (.*)$", re.M)
VERDICT = re.compile(r"^(?:OK|FAILED)(?: \((.*)\))?$", re.M)


@dataclasses.dataclass
class Outcome:
    """What one test program gave."""

    passed: int = 0
    failed: int = 0
    skipped: list = dataclasses.field(default_factory=list)
    problems: list = dataclasses.field(default_factory=list)

    def fail(self, problem):
        """Count one failure and say which."""
        self.failed += 1
        self.problems.append(problem)

    def count(self):
        """Return how many tests there were, skipped ones included."""
        return self.passed + self.failed + len(self.skipped)


def take_point(outcome, match):
    """Count one "ok" or "not ok" line."""
    name = match.group(3).strip()
    directive = DIRECTIVE.search(name)
    if directive:
        outcome.skipped.append(name)
    elif match.group(1):
        outcome.fail(name or f"test {match.group(2)}")
    else:
        outcome.passed += 1


def read_tap(text, status):
    """Count one or several TAP streams, one after another.

    Subtests are indented and belong to the point that follows them.  Plans
    add up, so that programs run by one make can share a reader.
    """
    outcome = Outcome()
    planned, plans = 0, 0
    for line in text.splitlines():
        plan = PLAN.match(line)
        point = POINT.match(line)
        if plan:
            plans += 1
            planned += int(plan.group(1))
            if plan.group(1) == "0":
                outcome.skipped.append(plan.group(2) or "no reason given")
                planned += 1
        elif point:
            take_point(outcome, point)
        elif line.startswith("Bail out!"):
            outcome.fail(line)
    if plans == 0:
        outcome.fail("no plan was printed")
    elif planned != outcome.count():
        outcome.fail(f"{planned} tests were planned, {outcome.count()} ran")
    if status != 0 and outcome.failed == 0:
        outcome.fail(f"exit status {status}")
    return outcome


def read_unittest(text, status):
    """Count what Python's unittest says at its end."""
    outcome = Outcome()
    ran = RAN.search(text)
    verdict = VERDICT.search(text)
    if not ran or not verdict or ran.group(1) == "0":
        outcome.fail(f"no test ran (exit status {status})")
        return outcome
    numbers = dict(re.findall(r"([a-z ]+)=(\d+)", verdict.group(1) or ""))
    numbers = {key.strip(): int(value) for key, value in numbers.items()}
    bad = sum(numbers.get(key, 0) for key in
              ("failures", "errors", "unexpected successes"))
    outcome.skipped = [f"{name}: {reason}" for name, reason
                       in UNITTEST_SKIP.findall(text)]
    # A whole class that was skipped shows in the count alone.
    while len(outcome.skipped) < numbers.get("skipped", 0):
        outcome.skipped.append("a test of unittest")
    outcome.passed = max(int(ran.group(1)) - bad - len(outcome.skipped), 0)
    for _ in range(bad):
        outcome.fail("see the output")
    if status != 0 and outcome.failed == 0:
        outcome.fail(f"exit status {status}")
    return outcome


def read_status(_text, status):
    """Count a program whose exit status says it all."""
    outcome = Outcome()
    if status == 0:
        outcome.passed = 1
    else:
        outcome.fail(f"exit status {status}")
    return outcome
