"""nginx with canned answers, over http and https."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import time

import pages
import placement

START_SECONDS = 30
ANSWER_SECONDS = 2

CONFIG = """
daemon off;
worker_processes 1;
pid nginx.pid;
error_log error.log warn;
events { worker_connections 512; }
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    default_type application/json;
    types { }
    sendfile on;
    tcp_nopush on;
    client_body_buffer_size 64k;
    open_file_cache max=8000;
    open_file_cache_valid 1h;

    # connections last for the whole run
    keepalive_requests 1000000000;
    keepalive_time 24h;
    keepalive_timeout 1h;

    ssl_certificate certificate.pem;
    ssl_certificate_key key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;

    map $arg_nextToken $all_page { default $arg_nextToken; "" @first; }
    map $arg_nextToken $tenth_page { default $arg_nextToken; "" @tenth; }

    server {
        listen @http;
        listen @https ssl;
        root pages;
        add_header x-amzn-RequestId 01941f29-7c00-4000-8000-0000000000aa;

        location = /counters { stub_status; }
        location = @domain/data-sources/all/runs {
            try_files /$all_page.json =404;
        }
        location = @domain/data-sources/tenth/runs {
            try_files /$tenth_page.json =404;
        }
        location = @domain/lineage/events {
            if ($request_method = GET) { return 200 '{"items":[]}'; }
            return 200 '@event_answer';
        }
        location @domain/data-source-runs/ { return 200 '@run_answer'; }
        location / { return 404 '{"message":"no such page"}'; }
    }
}
"""


def quoted(text):
    """Write text for between single quotes in nginx's configuration."""
    return text.replace("\\", "\\\\")


def openssl(*arguments):
    """Run the openssl command."""
    subprocess.run(["openssl", *arguments], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class WebServer:
    """Two sockets on free ports, a certificate, and nginx behind them."""

    def __init__(self, work):
        self.directory = f"{work}/nginx"
        os.mkdir(self.directory)
        self.asked = 0  # by counters() itself
        self.workers = []
        self.sockets = {}
        for scheme in ("http", "https"):
            sock = socket.socket()
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind(("127.0.0.1", 0))
            sock.listen(511)
            self.sockets[scheme] = sock
        self.ca = f"{self.directory}/ca.pem"
        self.certificate = f"{self.directory}/certificate.pem"
        self.key = f"{self.directory}/key.pem"
        self.make_certificates()

    def address(self, scheme):
        """Return address and port."""
        return "127.0.0.1:%d" % self.sockets[scheme].getsockname()[1]

    def url(self, scheme):
        """Return the base URL."""
        return f"{scheme}://{self.address(scheme)}"

    def make_certificates(self):
        """Make an authority of our own, and a certificate of it."""
        ca_key = f"{self.directory}/ca-key.pem"
        request = f"{self.directory}/request.pem"
        extensions = f"{self.directory}/extensions"
        with open(extensions, "w", encoding="ascii") as file:
            file.write("subjectAltName=IP:127.0.0.1\n")
        new_key = ["-newkey", "rsa:2048", "-nodes"]
        openssl("req", "-x509", *new_key, "-days", "30", "-keyout", ca_key,
                "-out", self.ca, "-subj", "/CN=datazone benchmark authority")
        openssl("req", *new_key, "-keyout", self.key, "-out", request,
                "-subj", "/CN=127.0.0.1")
        openssl("x509", "-req", "-in", request, "-CA", self.ca, "-CAkey",
                ca_key, "-CAcreateserial", "-days", "30", "-extfile",
                extensions, "-out", self.certificate)

    def write_config(self, domain):
        """Write the pages and nginx's configuration."""
        os.mkdir(f"{self.directory}/pages")
        first, tenth = pages.write_all(f"{self.directory}/pages")
        values = {"first": first, "tenth": tenth,
                  "http": self.address("http"),
                  "https": self.address("https"),
                  "domain": f"/v2/domains/{domain}",
                  "event_answer": quoted(pages.ANSWERS["POST"]),
                  "run_answer": quoted(pages.ANSWERS["GET"])}
        text = re.sub(r"@(\w+)", lambda match: values[match[1]], CONFIG)
        with open(f"{self.directory}/nginx.conf", "w",
                  encoding="utf-8") as file:
            file.write(text)

    def counters(self):
        """Return how many connections and requests there were, this one
        not counted."""
        connection = http.client.HTTPConnection(self.address("http"),
                                                timeout=ANSWER_SECONDS)
        with contextlib.closing(connection):
            connection.request("GET", "/counters")
            numbers = re.search(rb"^ (\d+) \d+ (\d+)",
                                connection.getresponse().read(), re.M)
        self.asked += 1
        return int(numbers[1]) - self.asked, int(numbers[2]) - self.asked

    def check(self, process):
        """Say whether nginx answers; throw if it has ended."""
        if process.poll() is not None:
            with open(f"{self.directory}/error.log", encoding="utf-8",
                      errors="replace") as log:
                raise RuntimeError("nginx did not start\n" + log.read())
        try:
            return self.counters()
        except OSError:
            return None

    @contextlib.contextmanager
    def serving(self, domain):
        """Run nginx on the sockets, which it takes over as they are."""
        self.write_config(domain)
        numbers = [sock.fileno() for sock in self.sockets.values()]
        process = subprocess.Popen(
            ["nginx", "-p", self.directory, "-c", "nginx.conf", "-e",
             "error.log"], pass_fds=numbers, stdin=subprocess.DEVNULL,
            env=dict(os.environ, NGINX="".join(f"{n};" for n in numbers)))
        try:
            deadline = time.monotonic() + START_SECONDS
            while self.check(process) is None:
                if time.monotonic() > deadline:
                    raise RuntimeError("nginx does not answer")
                time.sleep(0.02)
            self.workers = placement.children(process.pid)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
            for sock in self.sockets.values():
                sock.close()
