"""Letters by SMTP, with a link that ends them by one click (RFC 8058)."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from attunement.delivery.courier import Gone, Message, NotNow
from attunement.domain.channel import Channel
from attunement.domain.errors import ErrorCode, Invalid

WAIT_S = 15.0


class MailCourier:
    """Hands letters to a mail server.

    Parameters
    ----------
    server:
        ``smtp://USER:PASSWORD@HOST:PORT``: encrypted by STARTTLS where the server can, and never a password without.
        ``smtps://``: encrypted from the start. User and password may be left out.
    sender:
        The address letters come from.

    Raises `Invalid` (``bad-input``) where ``server`` is neither.
    """

    channel = Channel.EMAIL

    def __init__(self, server: str, *, sender: str) -> None:
        parts = urlsplit(server)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not _port_of(server):
            raise Invalid(
                ErrorCode.BAD_INPUT, "ATTUNEMENT_SMTP must be like smtp://user:password@mail.example.org:587."
            )
        if "@" not in parseaddr(sender)[1]:
            raise Invalid(ErrorCode.BAD_INPUT, "ATTUNEMENT_MAIL_FROM must be a mail address.")
        self.sender = sender
        self._encrypted = parts.scheme == "smtps"
        self._host, self._port = parts.hostname, _port_of(server)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    def carry(self, message: Message, address: str) -> None:
        """Hand one letter over; `Gone` where the server refuses the address for good."""
        letter = self._letter(message, address)
        try:
            with self._open() as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            ((code, reason),) = error.recipients.values()
            gone = code >= 500 and not reason.startswith(b"5.7")  # RFC 3463: 5.7 is a no to us, not to the address
            raise (Gone if gone else NotNow)(f"the server refused the address ({code})") from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow(f"the mail server did not take it ({type(error).__name__})") from error

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=WAIT_S, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=WAIT_S)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
            elif self._user:
                server.close()
                raise smtplib.SMTPException("a password is never sent without encryption")
        if self._user:
            server.login(self._user, self._password)
        return server

    def _letter(self, message: Message, address: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, address, message.title
        letter["Message-ID"] = f"<{message.id}@{parseaddr(self.sender)[1].rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        if message.stop:
            letter["List-Unsubscribe"] = f"<{message.stop}>"
            letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        letter.set_content(message.letter)
        return letter


def _port_of(server: str) -> int:
    """The port, by default that of the kind; 0 where it is none."""
    parts = urlsplit(server)
    try:
        return parts.port or (465 if parts.scheme == "smtps" else 587)
    except ValueError:
        return 0
