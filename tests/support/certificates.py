"""A certificate authority and what it issues, made by the openssl command line."""

import pathlib
import subprocess
from collections import namedtuple

Identity = namedtuple("Identity", "certificate key")  # paths of PEM files

_CONFIG = """
[ca]
default_ca = own
[own]
database = {folder}/index.txt
rand_serial = yes
new_certs_dir = {folder}
default_md = sha256
unique_subject = no
policy = anything
[anything]
commonName = supplied
"""


def openssl(*words, **how):
    """Runs openssl; what it prints."""
    done = subprocess.run(["openssl", *map(str, words)], check=False, capture_output=True, timeout=60, **how)
    if done.returncode != 0:
        raise AssertionError(f"openssl {' '.join(map(str, words))}: {done.stderr.decode()}")
    return done.stdout.decode()


def make_key(path):
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)
    path.chmod(0o600)
    return path


class Authority:
    """Keeps everything in `folder`, which must exist."""

    def __init__(self, folder, name="Test CA"):
        self._folder = pathlib.Path(folder)
        self._config = self._folder / "ca.cnf"
        self._config.write_text(_CONFIG.format(folder=self._folder))
        (self._folder / "index.txt").write_text("")
        self.key = make_key(self._folder / "ca.key")
        self.certificate = self._folder / "ca.pem"
        openssl("req", "-x509", "-new", "-key", self.key, "-subj", f"/CN={name}", "-days", "2", "-out",
                self.certificate)

    def issue(self, label, *, name="localhost", hosts="DNS:localhost,IP:127.0.0.1", purpose="serverAuth,clientAuth",
              begins="20200101000000Z", ends="20491231000000Z"):
        """A certificate and its key; `label` names the files."""
        key = make_key(self._folder / f"{label}.key")
        request = self._folder / f"{label}.csr"
        certificate = self._folder / f"{label}.pem"
        extensions = self._folder / f"{label}.ext"
        openssl("req", "-new", "-key", key, "-subj", f"/CN={name}", "-utf8", "-out", request)
        extensions.write_text(f"basicConstraints=CA:FALSE\nsubjectAltName={hosts}\nextendedKeyUsage={purpose}\n")
        openssl("ca", "-batch", "-notext", "-config", self._config, "-cert", self.certificate, "-keyfile", self.key,
                "-startdate", begins, "-enddate", ends, "-extfile", extensions, "-in", request, "-out", certificate)
        return Identity(certificate, key)


def self_signed(folder, name="localhost"):
    """A certificate of nobody's."""
    identity = Identity(pathlib.Path(folder) / "self.pem", make_key(pathlib.Path(folder) / "self.key"))
    openssl("req", "-x509", "-new", "-key", identity.key, "-subj", f"/CN={name}", "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2", "-out", identity.certificate)
    return identity
