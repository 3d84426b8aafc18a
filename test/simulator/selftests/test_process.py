"""test_process.py: start, end, TLS, and the peers that stall."""
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

from harness import (DEADLINE_SECONDS, HOME, ORDERS, PROGRAM, Simulator,
                     tls_context)


def wait_for_end(process):
    try:
        return process.wait(DEADLINE_SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


class Life(unittest.TestCase):
    def start(self, *options, **more):
        return subprocess.Popen([sys.executable, "-B", PROGRAM]
                                + list(options), stdout=subprocess.PIPE,
                                **more)

    def test_two_lines_say_where_it_is(self):
        process = self.start()
        first = process.stdout.readline().decode()
        second = process.stdout.readline().decode()
        self.assertRegex(first, r"^http://127\.0\.0\.1:[0-9]+\n$")
        self.assertEqual(second, first.strip() + "/_simulator\n")
        process.terminate()
        self.assertEqual(wait_for_end(process), 0)
        self.assertEqual(process.stdout.read(), b"")
        process.stdout.close()

    def test_signals_end_it_with_requests_in_flight(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            sim = Simulator()
            sim.fault("stall")
            wire = sim.wire()
            wire.send(wire.request_bytes("GET", ORDERS))
            start = time.monotonic()
            sim.process.send_signal(number)
            self.assertEqual(wait_for_end(sim.process), 0)
            self.assertLess(time.monotonic() - start, 5)
            wire.close()
            sim.stop()

    def test_it_does_not_outlive_stdin(self):
        process = self.start("--exit-with-stdin", stdin=subprocess.PIPE)
        process.stdout.readline()
        process.stdin.close()
        self.assertEqual(wait_for_end(process), 0)
        process.stdout.close()

    def test_it_does_not_outlive_its_parent(self):
        parent = subprocess.Popen(["sleep", "600"])
        process = self.start("--parent-pid", str(parent.pid))
        process.stdout.readline()
        self.assertIsNone(process.poll())
        parent.kill()
        parent.wait()
        self.assertEqual(wait_for_end(process), 0)
        process.stdout.close()

    def test_side_by_side(self):
        sims = [Simulator() for _ in range(3)]
        self.assertEqual(len({sim.port for sim in sims}), 3)
        for sim in sims:
            self.assertEqual(sim.call("GET", ORDERS).status, 200)
            sim.stop()

    def test_bad_options(self):
        for options in (["--secret-key", "x"], ["--access-key", "x"],
                        ["--tls-variant", "odd"]):
            process = self.start(*options, stderr=subprocess.PIPE)
            self.assertEqual(wait_for_end(process), 2)
            process.stdout.close()
            process.stderr.close()


@unittest.skipUnless(shutil.which("openssl"), "no openssl command here")
class Tls(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.directory)

    def start(self, variant="good"):
        sim = Simulator("--tls", self.directory, "--tls-variant", variant)
        self.addCleanup(sim.stop)
        sim.context = tls_context(self.directory)
        return sim

    def test_calls_over_tls_and_control_in_plain_text(self):
        sim = self.start()
        self.assertTrue(sim.url.startswith("https://127.0.0.1:"))
        self.assertTrue(sim.control_url.startswith("http://127.0.0.1:"))
        self.assertEqual(sim.call("GET", ORDERS).status, 200)
        self.assertEqual(sim.ask("GET", "statistics")["requests"], 1)
        mode = os.stat(os.path.join(self.directory, "server.key")).st_mode
        self.assertEqual(mode & 0o077, 0)

    def test_the_side_door_is_no_way_around_tls(self):
        sim = self.start()
        sim.context, sim.port = None, sim.control_port
        answer = sim.call("GET", ORDERS)
        self.assertEqual((answer.status, list(answer.json)),
                         (404, ["error"]))

    def test_both_names_are_valid(self):
        sim = self.start()
        for name in ("127.0.0.1", "localhost"):
            sock = socket.create_connection(("127.0.0.1", sim.port))
            with sim.context.wrap_socket(sock, server_hostname=name) as tls:
                self.assertIn(tls.version(), ("TLSv1.2", "TLSv1.3"))

    def test_bad_certificates(self):
        for variant, words in (("expired", "expired"),
                               ("wrong-name", "mismatch"),
                               ("untrusted", "unable to get")):
            sim = self.start(variant)
            with self.assertRaises(ssl.SSLCertVerificationError) as caught:
                sim.wire()
            self.assertIn(words, str(caught.exception), variant)

    def test_faults_over_tls(self):
        sim = self.start()
        for kind in ("drop", "half_body"):
            sim.fault(kind)
            wire = sim.wire()
            wire.send(wire.request_bytes("GET", ORDERS))
            try:
                data = wire.read_all()
            except ssl.SSLError:
                data = b""
            self.assertEqual(bool(data), kind == "half_body")
            wire.close()
        self.assertEqual(sim.call("GET", ORDERS).status, 200)


class Stall(unittest.TestCase):
    def setUp(self):
        self.process = subprocess.Popen(
            [sys.executable, "-B", os.path.join(HOME, "stall.py"),
             "--exit-with-stdin"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE)
        self.addCleanup(self.process.stdout.close)
        self.ports = {}
        for _ in range(3):
            name, port = self.process.stdout.readline().decode().split()
            self.ports[name] = int(port)

    def tearDown(self):
        self.process.stdin.close()
        self.assertEqual(wait_for_end(self.process), 0)

    def test_tls_hangs_in_the_handshake(self):
        with socket.create_connection(("127.0.0.1", self.ports["tls"]),
                                      timeout=0.3) as sock:
            with self.assertRaises((socket.timeout, TimeoutError)):
                ssl.create_default_context().wrap_socket(
                    sock, server_hostname="localhost")

    @unittest.skipUnless(sys.platform == "linux",
                         "how a full queue behaves is the system's own")
    def test_connect_hangs(self):
        for _ in range(3):
            with self.assertRaises((socket.timeout, TimeoutError)):
                socket.create_connection(
                    ("127.0.0.1", self.ports["connect"]), timeout=0.3)

    def test_dns_never_answers(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.settimeout(0.3)
            sock.sendto(b"?", ("127.0.0.1", self.ports["dns"]))
            with self.assertRaises((socket.timeout, TimeoutError)):
                sock.recv(100)


@unittest.skipUnless(shutil.which("cc") and sys.platform == "linux",
                     "no C compiler here, or no LD_PRELOAD")
class SlowLookup(unittest.TestCase):
    def test_only_names_that_stall_take_time(self):
        with tempfile.TemporaryDirectory() as directory:
            library = os.path.join(directory, "slow_getaddrinfo.so")
            subprocess.run(
                ["cc", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
                 "-o", library, os.path.join(HOME, "slow_getaddrinfo.c"),
                 "-ldl"], check=True)
            for name, least, most in (("x.stall.test", 1, 20),
                                      ("x.here.test", 0, 1),
                                      ("127.0.0.1", 0, 1)):
                start = time.monotonic()
                done = subprocess.run(
                    [sys.executable, "-c",
                     "import socket, sys\n"
                     "try: print(socket.getaddrinfo(sys.argv[1], 1)[0][4][0])\n"
                     "except socket.gaierror: pass", name],
                    env=dict(os.environ, LD_PRELOAD=library,
                             STALL_SECONDS="1"), check=True,
                    stdout=subprocess.PIPE, encoding="ascii")
                took = time.monotonic() - start
                self.assertEqual(done.stdout.strip(),
                                 "" if least else "127.0.0.1")
                self.assertTrue(least <= took < most, (name, took))


if __name__ == "__main__":
    unittest.main()
