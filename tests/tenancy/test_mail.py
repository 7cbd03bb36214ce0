"""Mails as files and over SMTP, and what cannot be smuggled into them."""

import email.policy
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tenancy import mail as mail_module
from tenancy.config import Config
from tenancy.mail import FileTransport, Mail, MailAddressError, SmtpTransport, open_mail, text_as_html
from tests.services.ports import LOOPBACK, free_port

HELLO = Mail(to="ada@example.com", subject="Confirm your address", text="Hello Ada,\n\n£ 10 — done.\n")


class SmtpSession(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to hand a mail over."""

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            self.server.commands.append(line)  # type: ignore[attr-defined]
            verb = line.partition(" ")[0].upper()
            if verb == "EHLO":
                self.say(f"250-{LOOPBACK}\r\n250 AUTH PLAIN LOGIN")
            elif verb == "DATA":
                self.say("354 go on")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.bodies.append(body)  # type: ignore[attr-defined]
                self.say("250 taken")
            elif verb == "AUTH":
                self.say("235 welcome")
            elif verb == "RCPT" and "refused" in line:
                self.say("550 nobody here")
            else:
                self.say("221 bye" if verb == "QUIT" else "250 ok")
                if verb == "QUIT":
                    break

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class SmtpServer(socketserver.TCPServer):
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), SmtpSession)
        self.commands: list[str] = []
        self.bodies: list[bytes] = []


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def smtp_config(server: SmtpServer, **more: object) -> Config:
    return Config(mail_host=LOOPBACK, mail_port=server.server_address[1], **more)  # type: ignore[arg-type]


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def files(folder: Path) -> list[EmailMessage]:
    return [parsed(path.read_bytes()) for path in sorted(folder.iterdir())]


@pytest.fixture
def transport(tmp_path: Path) -> FileTransport:
    return FileTransport(tmp_path / "mail", from_name="Counting House", from_address="books@example.com")


# ---- files


def test_a_mail_becomes_a_file(transport: FileTransport, tmp_path: Path) -> None:
    transport.send(HELLO)
    (message,) = files(tmp_path / "mail")
    assert message["From"] == "Counting House <books@example.com>"
    assert message["To"] == "ada@example.com"
    assert message["Subject"] == "Confirm your address"
    assert message["Date"].datetime.tzinfo is not None
    assert message["Message-ID"].endswith("@example.com>")
    assert message.get_content_type() == "text/plain"
    assert message.get_content() == HELLO.text


def test_a_mail_may_have_html_beside_its_text(transport: FileTransport, tmp_path: Path) -> None:
    transport.send(Mail(to="ada@example.com", subject="Invoice", text="plain", html="<p>rich</p>"))
    (message,) = files(tmp_path / "mail")
    text, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert rich is not None
    assert (text.get_content().strip(), rich.get_content().strip()) == ("plain", "<p>rich</p>")


def test_files_are_in_the_order_of_sending_and_nobody_elses_to_read(transport: FileTransport, tmp_path: Path) -> None:
    for number in range(5):
        transport.send(Mail(to="ada@example.com", subject=str(number), text=""))
    assert sorted(message["Subject"] for message in files(tmp_path / "mail")) == ["0", "1", "2", "3", "4"]
    assert {path.suffix for path in (tmp_path / "mail").iterdir()} == {".eml"}
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0


def test_the_folder_is_bounded(transport: FileTransport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_module, "FILES_MAX", 3)
    for _ in range(6):
        transport.send(HELLO)
    assert len(files(tmp_path / "mail")) == 3


# ---- what people typed


def test_typed_text_is_never_markup() -> None:
    typed = "<img src=x onerror=\"alert('1')\">\r\nTom & Jerry's\n"
    shown = text_as_html(typed)
    assert shown == "&lt;img src=x onerror=&quot;alert(&#x27;1&#x27;)&quot;&gt;<br>\nTom &amp; Jerry&#x27;s<br>\n"


def test_a_subject_cannot_add_headers(transport: FileTransport, tmp_path: Path) -> None:
    transport.send(Mail(to="ada@example.com", subject="Hi\r\nBcc: eve@example.com\nX: y", text=""))
    (message,) = files(tmp_path / "mail")
    assert message["Subject"] == "Hi Bcc: eve@example.com X: y"
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com, eve@example.com",
        "Ada <ada@example.com>",
        "a b@example.com",
        "ada@example..com",
        "@",
        "ada@",
    ],
)
def test_what_is_no_address_is_refused(transport: FileTransport, tmp_path: Path, address: str) -> None:
    with pytest.raises(MailAddressError):
        transport.send(Mail(to=address, subject="Hi", text=""))
    assert not (tmp_path / "mail").exists()


def test_a_sender_that_is_no_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MailAddressError):
        FileTransport(tmp_path, from_name="House\nBcc: eve@example.com", from_address="books@example.com").send(HELLO)


# ---- SMTP


def test_a_mail_goes_to_the_server(smtp: SmtpServer) -> None:
    config = smtp_config(smtp, mail_from_name="Köntor", mail_from_address="books@example.com")
    open_mail(config).send(HELLO)
    message = parsed(smtp.bodies[0])
    assert message["From"] == "Köntor <books@example.com>"
    assert message["To"] == "ada@example.com"
    assert message.get_content().replace("\r\n", "\n") == HELLO.text
    assert not any(command.startswith("AUTH") for command in smtp.commands)
    assert any(command.lower().startswith("rcpt to:<ada@example.com>") for command in smtp.commands)


def test_the_login_is_used_where_there_is_one(smtp: SmtpServer) -> None:
    open_mail(smtp_config(smtp, mail_username="house", mail_password="secret")).send(HELLO)
    assert any(command.startswith("AUTH") for command in smtp.commands)
    assert len(smtp.bodies) == 1


def test_a_refused_recipient_and_a_missing_server_are_errors(smtp: SmtpServer) -> None:
    with pytest.raises(OSError, match="nobody here"):
        open_mail(smtp_config(smtp)).send(Mail(to="refused@example.com", subject="", text=""))
    with pytest.raises(OSError, match="refused"):
        open_mail(Config(mail_host=LOOPBACK, mail_port=free_port())).send(HELLO)


def test_the_configuration_chooses_the_transport(tmp_path: Path) -> None:
    assert isinstance(open_mail(Config(mail_host=LOOPBACK)), SmtpTransport)
    open_mail(Config(data_dir=tmp_path)).send(HELLO)
    (message,) = files(tmp_path / "mail")
    assert message["From"] == "Countinghouse <countinghouse@localhost>"
