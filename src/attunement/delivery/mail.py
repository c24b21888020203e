"""Letters by SMTP, with a link that ends them by one click (RFC 8058)."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
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
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise Invalid(
                ErrorCode.BAD_INPUT, "ATTUNEMENT_SMTP must be like smtp://user:password@mail.example.org:587."
            )
        self.sender = sender
        self._encrypted = parts.scheme == "smtps"
        self._host, self._port = parts.hostname, parts.port or (465 if self._encrypted else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    def carry(self, message: Message, address: str) -> None:
        """Hand one letter over; `Gone` where the server refuses the address for good."""
        letter = self._letter(message, address)
        try:
            with self._open() as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            raise (Gone if code >= 500 else NotNow)(f"the server refused the address ({code})") from error
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
        letter["Message-ID"] = f"<{message.id}@{self.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        if message.stop:
            letter["List-Unsubscribe"] = f"<{message.stop}>"
            letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        letter.set_content(message.letter)
        return letter
