"""The runner's own tests: nothing that failed may count as passed, and
nothing that was started may stay."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import tap  # noqa: E402  (found by the line above)

SUPERVISE = [sys.executable, "-B", f"{HERE}/supervise.py"]
SECONDS = 30


class Tap(unittest.TestCase):
    """Counting the Test Anything Protocol."""

    def count(self, text, status=0):
        """Return (passed, failed, skipped)."""
        outcome = tap.read_tap(text, status)
        return outcome.passed, outcome.failed, len(outcome.skipped)

    def test_plan_first_or_last(self):
        self.assertEqual(self.count("1..2\nok 1 - a\nok 2\n"), (2, 0, 0))
        self.assertEqual(self.count("ok 1 - a\nok 2\n1..2\n"), (2, 0, 0))

    def test_several_streams(self):
        self.assertEqual(self.count("ok 1\n1..1\nok 1\nok 2\n1..2\n"),
                         (3, 0, 0))

    def test_failure(self):
        self.assertEqual(self.count("not ok 1 - a\nok 2\n1..2\n", 1),
                         (1, 1, 0))

    def test_too_few(self):
        self.assertEqual(self.count("1..3\nok 1\nok 2\n"), (2, 1, 0))

    def test_silence_and_no_plan(self):
        self.assertEqual(self.count(""), (0, 1, 0))
        self.assertEqual(self.count("ok 1\n"), (1, 1, 0))

    def test_death_after_the_plan(self):
        self.assertEqual(self.count("1..1\nok 1\n", -11), (1, 1, 0))

    def test_bail_out(self):
        self.assertEqual(self.count("1..1\nok 1\nBail out!  why\n")[1] > 0,
                         True)

    def test_skips_have_names(self):
        outcome = tap.read_tap(
            "1..2\nok 1 - this # SKIP no openssl\nnot ok 2 # TODO later\n", 0)
        self.assertEqual((outcome.passed, outcome.failed), (0, 0))
        self.assertIn("no openssl", outcome.skipped[0])
        self.assertEqual(self.count("1..0 # SKIP not here\n"), (0, 0, 1))

    def test_subtests_are_one(self):
        self.assertEqual(
            self.count("    not ok 1 - in\n    1..1\nnot ok 1 - out\n1..1\n",
                       1), (0, 1, 0))

    def test_words_that_look_alike(self):
        self.assertEqual(self.count("okay then\n1..1\nok 1 - x\n"), (1, 0, 0))


class Unittest(unittest.TestCase):
    """Counting Python's unittest."""

    def count(self, text, status=0):
        """Return (passed, failed, skipped)."""
        outcome = tap.read_unittest(text, status)
        return outcome.passed, outcome.failed, len(outcome.skipped)

    def test_counts(self):
        self.assertEqual(self.count("Ran 3 tests in 0.1s\n\nOK\n"), (3, 0, 0))
        self.assertEqual(self.count(
            "Ran 5 tests in 0.1s\n\nFAILED (failures=1, errors=1, "
            "skipped=1)\n", 1), (2, 2, 1))

    def test_none_ran(self):
        self.assertEqual(self.count("Ran 0 tests in 0.0s\n\nOK\n"), (0, 1, 0))
        self.assertEqual(self.count("Traceback\n", 1), (0, 1, 0))

    def test_death_after_success(self):
        self.assertEqual(self.count("Ran 3 tests in 0.1s\n\nOK\n", 1)[1], 1)


def is_alive(pid):
    """Say whether a process runs (a zombie does not)."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition):
    """Poll a condition; return what it gave at last."""
    deadline = time.monotonic() + SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


class Supervise(unittest.TestCase):
    """What a supervised command leaves behind: nothing."""

    # A child that detached itself, ignores SIGTERM or not, and tells its pid.
    DETACH = "setsid sh -c '%s echo $$ >%s; exec sleep 1000' & wait_for=%s; " \
        "while ! [ -s $wait_for ]; do sleep 0.02; done; "

    def setUp(self):
        # What the whole run keeps is not for these commands to keep.
        environment = unittest.mock.patch.dict(os.environ)
        environment.start()
        self.addCleanup(environment.stop)
        os.environ.pop("KEEP", None)
        self.directory = tempfile.mkdtemp()
        self.work = f"{self.directory}/work"
        os.mkdir(self.work)
        self.pid_file = f"{self.directory}/pid"

    def tearDown(self):
        subprocess.run(["rm", "-rf", self.directory], check=True)

    def command(self, rest, before=""):
        """Return a supervised shell with a detached child."""
        script = self.DETACH % (before, self.pid_file, self.pid_file) + rest
        return [*SUPERVISE, "--remove", self.work, "--", "sh", "-c", script]

    def pid(self):
        """Return the detached child's process id, or None so far."""
        try:
            with open(self.pid_file, encoding="utf-8") as file:
                return int(file.read() or 0) or None
        except FileNotFoundError:
            return None

    def assert_gone(self):
        """Neither the child nor the directory is there."""
        self.assertTrue(wait_until(lambda: not is_alive(self.pid())))
        self.assertTrue(wait_until(lambda: not os.path.exists(self.work)))

    def test_status_and_clean_end(self):
        done = subprocess.run(self.command("exit 7"), check=False)
        self.assertEqual(done.returncode, 7)
        self.assert_gone()

    def test_read_only_directory(self):
        done = subprocess.run(self.command(
            f"mkdir {self.work}/a; touch {self.work}/a/b; "
            f"chmod 500 {self.work}/a"), check=False)
        self.assertEqual(done.returncode, 0)
        self.assert_gone()

    def test_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number=number):
                os.makedirs(self.work, exist_ok=True)
                process = subprocess.Popen(self.command("sleep 1000"))
                self.assertTrue(wait_until(self.pid))
                process.send_signal(number)
                self.assertEqual(process.wait(SECONDS), 128 + number)
                self.assert_gone()
                os.unlink(self.pid_file)

    def test_death_of_the_caller(self):
        quoted = subprocess.list2cmdline(SUPERVISE)
        script = self.command("sleep 1000")[-1]
        caller = subprocess.Popen(
            ["sh", "-c", f'{quoted} --remove {self.work} -- sh -c "$1"; true',
             "sh", script])
        self.assertTrue(wait_until(self.pid))
        caller.kill()
        caller.wait()
        self.assert_gone()

    def test_a_child_that_will_not_end(self):
        process = subprocess.Popen(self.command(
            "sleep 1000", "trap \"\" TERM INT;"))
        self.assertTrue(wait_until(self.pid))
        process.terminate()
        self.assertEqual(process.wait(SECONDS), 128 + signal.SIGTERM)
        self.assert_gone()


if __name__ == "__main__":
    unittest.main()
