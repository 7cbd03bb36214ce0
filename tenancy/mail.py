"""Sending mail: over SMTP, or into a folder as files (the default, so that a first installation shows its mails without a server)."""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Protocol

from ulid import ULID

from tenancy.config import Config

logger = logging.getLogger(__name__)

SMTP_TIMEOUT_S = 10
SECURE_PORT = 465


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, as text."""

    to: str
    subject: str
    text: str


class MailTransport(Protocol):
    """Sends mails."""

    def send(self, mail: Mail) -> None:
        """Send one mail. What fails is logged and raised.

        Raises:
            OSError, smtplib.SMTPException: it was not taken.

        """


def _message(mail: Mail, *, from_name: str, from_address: str) -> EmailMessage:
    message = EmailMessage()
    local, _, domain = from_address.partition("@")
    message["From"] = Address(from_name, local, domain)
    message["To"] = mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Message-ID"] = make_msgid(domain="countinghouse.invalid")
    message.set_content(mail.text)
    return message


class FileTransport:
    """Writes each mail as an `.eml` file."""

    def __init__(self, folder: Path, *, from_name: str, from_address: str) -> None:
        self._folder = folder
        self._from = {"from_name": from_name, "from_address": from_address}

    def send(self, mail: Mail) -> None:
        """Write the file; it appears whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{ULID()}.eml"
        draft = path.with_suffix(".part")
        draft.write_bytes(bytes(_message(mail, **self._from)))
        draft.rename(path)


class SmtpTransport:
    """Sends over SMTP; with TLS from the start on port 465 or when told, else by STARTTLS where the server offers it."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def send(self, mail: Mail) -> None:
        """Hand the mail to the server."""
        config, context = self._config, ssl.create_default_context()
        secure = config.mail_secure or config.mail_port == SECURE_PORT
        with (
            smtplib.SMTP_SSL(config.mail_host, config.mail_port, timeout=SMTP_TIMEOUT_S, context=context)
            if secure
            else smtplib.SMTP(config.mail_host, config.mail_port, timeout=SMTP_TIMEOUT_S)
        ) as server:
            if not secure and server.has_extn("starttls"):
                server.starttls(context=context)
            if config.mail_username:
                server.login(config.mail_username, config.mail_password.get_secret_value())
            server.send_message(_message(mail, from_name=config.mail_from_name, from_address=config.mail_from_address))


def open_mail(config: Config) -> MailTransport:
    """The configured transport."""
    if config.mail_host:
        return SmtpTransport(config)
    return FileTransport(config.data_dir / "mail", from_name=config.mail_from_name, from_address=config.mail_from_address)
