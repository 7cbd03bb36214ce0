"""deploy/nginx.conf as it is, but for names, ports and certificates: TLS, and everything to the service."""

import datetime as dt
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.live.events import EventReader
from tests.live.service import LiveService, journal, new_organization
from tests.services.mariadb_server import find_program
from tests.services.ports import accepts_connections, free_port
from tests.services.process import ServerProcess

pytestmark = pytest.mark.slow

_USER = "user root;" if os.geteuid() == 0 else ""
"""Else root's workers are nobody, who may not enter the tests' folders."""
CONF = Path(__file__).parents[2] / "deploy" / "nginx.conf"


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "books.example.com")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


class Nginx(ServerProcess):
    name = "nginx"

    def __init__(self, folder: Path, upstream_port: int) -> None:
        super().__init__(folder)
        self.port, self.plain_port = free_port(), free_port()
        write_certificate(self.folder)
        text = CONF.read_text()
        for old, new in (
            ("pid /run/countinghouse-nginx.pid;", f"{_USER} pid {self.folder}/nginx.pid; daemon off; error_log stderr;"),
            ("/etc/countinghouse/tls", str(self.folder)),
            ("127.0.0.1:8000", f"127.0.0.1:{upstream_port}"),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;"),
            ("listen 80;", f"listen 127.0.0.1:{self.plain_port};"),
            (
                "server_tokens off;",
                f"server_tokens off; access_log off; client_body_temp_path {self.folder}/body; proxy_temp_path {self.folder}/proxy;",
            ),
        ):
            assert old in text, old
            text = text.replace(old, new)
        self.conf = self.folder / "nginx.conf"
        self.conf.write_text(text)

    def command(self) -> list[str]:
        return [str(find_program("nginx")), "-p", str(self.folder), "-c", str(self.conf)]

    def is_ready(self) -> bool:
        return accepts_connections(self.port)


@pytest.fixture(scope="module")
def nginx(service: LiveService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    if find_program("nginx") is None:
        pytest.skip("server missing: nginx tests need nginx: run tools/install_debian_packages.sh as root")
    folder = tmp_path_factory.mktemp("nginx")
    with Nginx(folder, service.port) as server:
        checked = subprocess.run([*server.command(), "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        yield server


def test_requests_through_nginx(nginx: Nginx) -> None:
    url = f"https://127.0.0.1:{nginx.port}"
    with httpx.Client(verify=False) as http:  # noqa: S501 - the certificate is our own of a moment ago
        assert http.get(f"{url}/api/system_db").json() == {"status": "ok"}
        assert http.get(f"{url}/api/accounts").status_code == 401
        assert http.get(f"{url}/healthz").json()["status"] == "ok"
        page = http.get(f"{url}/reports/balance-sheet", headers={"accept": "text/html"})
        assert "Countinghouse" in page.text
        assert "strict-transport-security" in page.headers
        assert http.post(f"{url}/api/auth/signin", content=b"x" * 2_000_000).status_code == 413
        moved = http.get(f"http://127.0.0.1:{nginx.plain_port}/x", headers={"host": "books.example.com"})
        assert moved.headers["location"] == "https://books.example.com/x"


def test_events_through_nginx(nginx: Nginx, service: LiveService) -> None:
    owner = new_organization(service)
    with EventReader(owner, base_url=f"https://127.0.0.1:{nginx.port}") as seen:
        made = owner.post("/manual-journals", journal(5)).json()
        assert seen.expect("change")["id"] == made["id"]


def test_the_sql_backup_script_is_valid_shell() -> None:
    script = CONF.parent / "backup.sh"
    assert subprocess.run([str(shutil.which("bash")), "-n", str(script)], check=False).returncode == 0


def test_backups_of_the_embedded_default(service: LiveService, tmp_path: Path) -> None:
    client = new_organization(service)
    client.post("/manual-journals", journal(5))
    script = CONF.parent / "backup.sh"
    environment = {"COUNTINGHOUSE_DATA_DIR": str(service.data_dir), "PATH": "/usr/bin:/bin"}
    subprocess.run([str(script), str(tmp_path / "copy")], check=True, env=environment, capture_output=True)
    copies = sorted(item.name for item in (tmp_path / "copy").iterdir())
    assert "system.db" in copies
    assert len(copies) >= 2
