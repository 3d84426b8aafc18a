"""tls.py: a certificate authority of its own, by the openssl command.

Writes ca.pem, server.pem and server.key into a directory; the variants are
certificates that a careful client must refuse.
"""
import os
import ssl
import subprocess

VARIANTS = ("good", "expired", "wrong-name", "untrusted")
_NAMES = "DNS:localhost,IP:127.0.0.1,IP:::1"


def _openssl(*arguments):
    done = subprocess.run(("openssl",) + arguments, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
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


def make_certificates(directory, variant="good"):
    """Make all files; an "untrusted" server is signed by a second CA."""
    os.makedirs(directory, exist_ok=True)
    signer_key, signer = _authority(directory, "ca")
    if variant == "untrusted":
        signer_key, signer = _authority(directory, "other-ca")
    key = os.path.join(directory, "server.key")
    request = os.path.join(directory, "server.csr")
    extensions = os.path.join(directory, "server.ext")
    _new_key(key)
    _openssl("req", "-new", "-key", key, "-subj", "/CN=localhost", "-out",
             request)
    names = ("DNS:elsewhere.example" if variant == "wrong-name" else _NAMES)
    with open(extensions, "w", encoding="ascii") as file:
        file.write("subjectAltName=%s\nbasicConstraints=CA:FALSE\n"
                   "extendedKeyUsage=serverAuth\n" % names)
    # A negative count of days ends the validity before it began; every
    # openssl since 1.1.1 accepts that, while -not_after needs 3.4.
    days = "-1" if variant == "expired" else "365"
    _openssl("x509", "-req", "-in", request, "-CA", signer, "-CAkey",
             signer_key, "-CAcreateserial", "-sha256", "-days", days,
             "-extfile", extensions, "-out",
             os.path.join(directory, "server.pem"))


def server_context(directory):
    """The context of a server that offers HTTP/1.1 alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(os.path.join(directory, "server.pem"),
                            os.path.join(directory, "server.key"))
    context.set_alpn_protocols(["http/1.1"])
    return context
