"""tls.py: a certificate authority of its own, by the openssl command.

Writes ca.pem, server.pem and server.key into a directory; the variants are
certificates that a careful client must refuse.
"""
import datetime
import os
import ssl
import subprocess
import tempfile

VARIANTS = ("good", "expired", "wrong-name", "untrusted")
_NAMES = "DNS:localhost,DNS:*.here.test,IP:127.0.0.1,IP:::1"
_CA_CONFIG = """\
[ca]
default_ca = simulator
[simulator]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = names
x509_extensions = server
[names]
commonName = supplied
[server]
subjectAltName = %s
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
"""


def _openssl(*arguments, directory=None):
    done = subprocess.run(("openssl",) + arguments, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, cwd=directory,
                          check=False)
    if done.returncode != 0:
        raise RuntimeError("openssl %s failed: %s" % (
            arguments[0], done.stdout.decode("utf-8", "replace")))


def _new_key(path):
    _openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out",
             path)
    os.chmod(path, 0o600)


def _authority(directory, name):
    """A self-signed CA as name.key and name.pem."""
    key = os.path.join(directory, name + ".key")
    certificate = os.path.join(directory, name + ".pem")
    _new_key(key)
    _openssl("req", "-x509", "-new", "-key", key, "-sha256", "-days", "3650",
             "-subj", "/CN=DataZone simulator %s" % name, "-addext",
             "keyUsage=critical,keyCertSign,cRLSign", "-out", certificate)
    return key, certificate


def _validity(variant):
    """The first and last second of a server certificate, as openssl ca
    reads them."""
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.timezone.utc)
    start, end = ((now - 2 * day, now - day) if variant == "expired" else
                  (now - day, now + 365 * day))
    return [time.strftime("%y%m%d%H%M%SZ") for time in (start, end)]


def _sign(directory, signer, request, names, validity):
    """Sign the request as server.pem.

    Only openssl ca sets both ends of a validity in every version: x509 has
    -not_after since 3.4, and newer ones refuse a negative -days.  It keeps
    a database of what it signed, which is thrown away.
    """
    signer_key, signer_certificate = signer
    with tempfile.TemporaryDirectory(dir=directory) as database:
        config = os.path.join(database, "ca.cnf")
        with open(config, "w", encoding="ascii") as file:
            file.write(_CA_CONFIG % names)
        with open(os.path.join(database, "index"), "w", encoding="ascii"):
            pass
        _openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-cert",
                 signer_certificate, "-keyfile", signer_key, "-startdate",
                 validity[0], "-enddate", validity[1], "-in", request,
                 "-out", os.path.join(directory, "server.pem"),
                 directory=database)


def make_certificates(directory, variant="good"):
    """Make all files; an "untrusted" server is signed by a second CA."""
    directory = os.path.abspath(directory)
    os.makedirs(directory, exist_ok=True)
    signer = _authority(directory, "ca")
    if variant == "untrusted":
        signer = _authority(directory, "other-ca")
    key = os.path.join(directory, "server.key")
    request = os.path.join(directory, "server.csr")
    _new_key(key)
    _openssl("req", "-new", "-key", key, "-subj", "/CN=localhost", "-out",
             request)
    names = ("DNS:elsewhere.example" if variant == "wrong-name" else _NAMES)
    _sign(directory, signer, request, names, _validity(variant))


def server_context(directory):
    """The context of a server that offers HTTP/1.1 alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(os.path.join(directory, "server.pem"),
                            os.path.join(directory, "server.key"))
    context.set_alpn_protocols(["http/1.1"])
    return context
