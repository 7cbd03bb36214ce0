"""Sending mail: over SMTP, or into a folder as files (the default, so that a first installation shows its mails without a server)."""

import html
import smtplib
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from pathlib import Path
from typing import Protocol

from ulid import ULID

from tenancy.config import Config

SMTP_TIMEOUT_S = 10
SECURE_PORT = 465
FILES_MAX = 1000
ADDRESS_SHOWN_MAX = 100


class MailAddressError(ValueError):
    """An address that no mail can go to or come from."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, as text, and where `html` is given also as that. What people typed goes into html through `text_as_html` only."""

    to: str
    subject: str
    text: str
    html: str | None = None


class MailTransport(Protocol):
    """Sends mails."""

    def send(self, mail: Mail) -> None:
        """Send one mail.

        Raises:
            MailAddressError: sender or recipient is none.
            OSError, smtplib.SMTPException: it was not taken.

        """


def text_as_html(text: str) -> str:
    """Text as markup that shows it: nothing in it is a tag, a new line is a line break."""
    return html.escape(text).replace("\r\n", "\n").replace("\n", "<br>\n")


def _address(address: str, name: str = "") -> Address:
    try:
        return Address(name, addr_spec=address)
    except (MessageError, ValueError, IndexError) as problem:
        raise MailAddressError(f"{address[:ADDRESS_SHOWN_MAX]!r} is no mail address: {problem}") from None


def _message(mail: Mail, *, from_name: str, from_address: str) -> EmailMessage:
    message = EmailMessage()
    sender = _address(from_address, from_name)
    message["From"] = sender
    message["To"] = _address(mail.to)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=sender.domain)
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    return message


class FileTransport:
    """Writes each mail as an `.eml` file; keeps the newest 1,000."""

    def __init__(self, folder: Path, *, from_name: str, from_address: str) -> None:
        self._folder = folder
        self._from = {"from_name": from_name, "from_address": from_address}

    def send(self, mail: Mail) -> None:
        """Write the file; it appears whole or not at all."""
        content = bytes(_message(mail, **self._from))
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # links in mails are as good as passwords
        path = self._folder / f"{ULID()}.eml"
        draft = path.with_suffix(".part")
        draft.write_bytes(content)
        draft.rename(path)
        for old in sorted(self._folder.glob("*.eml"))[:-FILES_MAX]:
            old.unlink(missing_ok=True)


class SmtpTransport:
    """Sends over SMTP; with TLS from the start on port 465 or when told, else by STARTTLS where the server offers it."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def send(self, mail: Mail) -> None:
        """Hand the mail to the server."""
        config, context = self._config, ssl.create_default_context()
        message = _message(mail, from_name=config.mail_from_name, from_address=config.mail_from_address)
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
            server.send_message(message)


def open_mail(config: Config) -> MailTransport:
    """The configured transport."""
    if config.mail_host:
        return SmtpTransport(config)
    return FileTransport(config.data_dir / "mail", from_name=config.mail_from_name, from_address=config.mail_from_address)
