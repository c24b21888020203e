"""Letters by SMTP, with a link that ends them by one click (RFC 8058)."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import closing, suppress
from email.message import EmailMessage
from email.utils import parseaddr
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from attunement.delivery.courier import Gone, Message, NotNow
from attunement.domain.channel import Channel
from attunement.domain.errors import ErrorCode, Invalid

WAIT_S = 15.0
BEGUN_S, TAKEN_S = 60.0, 45.0  # together less than a delivery is taken on for (programme/reach/outbox.py)


class _InTime(smtplib.SMTP):
    """A line to a mail server that comes to an end, however slow each answer is.

    One answer may take `WAIT_S`, and all of them `BEGUN_S`, until the server asks for the letter; later no letter is
    begun. Then it has `TAKEN_S` to take it: an answer that is not waited for is a letter that comes twice.
    """

    def __init__(self, host: str, port: int, **more: Any) -> None:
        self._until, self._longest = monotonic() + BEGUN_S, WAIT_S
        super().__init__(host, port, timeout=WAIT_S, **more)

    def send(self, s: Any) -> None:
        """Send, in the time that is left."""
        self._hurry()
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """Wait for an answer, in the time that is left."""
        self._hurry()
        code, said = super().getreply()
        if code == _LETTER_PLEASE:
            self._hurry()
            self._until, self._longest = monotonic() + TAKEN_S, TAKEN_S
        return code, said

    def _hurry(self) -> None:
        left = self._until - monotonic()
        if left <= 0:
            self.close()
            raise smtplib.SMTPServerDisconnected("it took too long")
        if self.sock:
            self.sock.settimeout(min(left, self._longest))


class _SealedInTime(_InTime, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


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
        """Hand one letter over; `Gone` where the server refuses the address for good.

        How the server takes leave changes nothing: a letter it took is not sent again, and an address it refused is
        gone all the same.
        """
        letter = self._letter(message, address)
        try:
            with closing(self._connected()) as server:
                self._enter(server)
                try:
                    server.send_message(letter)
                finally:
                    with suppress(smtplib.SMTPException, OSError):
                        server.quit()
        except smtplib.SMTPRecipientsRefused as error:
            ((code, reason),) = error.recipients.values()
            gone = code >= 500 and not reason.startswith(b"5.7")  # RFC 3463: 5.7 is a no to us, not to the address
            raise (Gone if gone else NotNow)(f"the server refused the address ({code})") from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow(f"the mail server did not take it ({type(error).__name__})") from error

    def _connected(self) -> smtplib.SMTP:
        if self._encrypted:
            return _SealedInTime(self._host, self._port, context=ssl.create_default_context())
        return _InTime(self._host, self._port)

    def _enter(self, server: smtplib.SMTP) -> None:
        """Encrypt where it is not yet and the server can, and sign in where there is a password."""
        if not self._encrypted:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            elif self._user:
                raise smtplib.SMTPException("a password is never sent without encryption")
        if self._user:
            server.login(self._user, self._password)

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


_LETTER_PLEASE = 354  # the answer to DATA (RFC 5321)
