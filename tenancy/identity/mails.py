"""The mails about identity. They go to addresses that nobody has proved to own, so they carry no text that anybody typed."""

from urllib.parse import quote, urlencode

from tenancy.config import Config
from tenancy.mail import Mail


def _base(config: Config) -> str:
    return config.base_url.rstrip("/")


def verification_mail(config: Config, *, email: str, token: str) -> Mail:
    """Asks to confirm an address."""
    link = f"{_base(config)}/auth/email_confirmation?{urlencode({'token': token, 'email': email})}"
    text = (
        "Somebody signed up for Countinghouse with this address.\n\n"
        f"If it was you, confirm the address here:\n{link}\n\n"
        "If it was not, there is nothing to do.\n"
    )
    return Mail(to=email, subject="Confirm your email address", text=text)


def reset_mail(config: Config, *, email: str, token: str) -> Mail:
    """Carries a reset link."""
    minutes = config.reset_token_life_s // 60
    text = (
        "Somebody asked for a new password for the Countinghouse account of this address.\n\n"
        f"If it was you, choose one here within {minutes} minutes:\n{_base(config)}/auth/reset_password/{quote(token)}\n\n"
        "The link works once. If it was not you, there is nothing to do: the password stays as it is.\n"
    )
    return Mail(to=email, subject="Choose a new password", text=text)


def invitation_mail(config: Config, *, email: str, token: str) -> Mail:
    """Carries the link of an invitation. Whose it is says the page behind the link."""
    text = (
        "You are invited to keep books together with others in Countinghouse.\n\n"
        f"See who invites you, and accept within 24 hours, here:\n{_base(config)}/auth/invite/{quote(token)}/accept\n\n"
        "The link works once. If you do not want to accept, there is nothing to do.\n"
    )
    return Mail(to=email, subject="You are invited to Countinghouse", text=text)


def changed_mail(email: str) -> Mail:
    """Tells that the password was changed."""
    text = (
        "The password of your Countinghouse account was changed, and all open sessions were ended.\n\n"
        "If it was not you, ask for a new password on the sign-in page at once.\n"
    )
    return Mail(to=email, subject="Your password was changed", text=text)
