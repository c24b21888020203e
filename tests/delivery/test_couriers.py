"""Couriers against real servers: what arrives is what was meant, and each failure is told for what it is."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import Message as Letter
from typing import Any

import jwt
import pytest
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives.asymmetric import ec
from standardwebhooks.webhooks import Webhook
from tests.delivery.browsers import Browser, Listener, listening

from attunement.delivery import mail
from attunement.delivery.courier import Gone, Message, NotNow
from attunement.delivery.hook import HookCourier
from attunement.delivery.http import check_public
from attunement.delivery.mail import MailCourier
from attunement.delivery.outbound import outbound_from_environment
from attunement.delivery.push import PushCourier
from attunement.domain.channel import Channel
from attunement.domain.errors import Invalid

MESSAGE = Message(
    "01900000-0000-7000-8000-000000000001", "Something for a few minutes", "There is a practice.", "A letter.\n",
    "https://example.org/reached/1", "https://example.org/stop/1", "Stop", {"member": "m", "reach": "1"},
)  # fmt: skip
SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()


# servers ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def listener() -> Iterator[Listener]:
    """An application or a push service."""
    with listening() as found:
        yield found


@dataclass
class Mailbox:
    """A mail server that keeps letters, refuses addresses and takes leave as told, and may take its time.

    ``slow_s`` is how long it thinks over an address, ``slow_letter_s`` over a letter; without a word of ``leave`` it
    hangs up.
    """

    port: int = 0
    refuses: str = ""
    leave: str = "221 Bye"
    slow_s: float = 0.0
    slow_letter_s: float = 0.0
    letters: list[tuple[list[str], Letter]] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        """Take an address, or not."""
        await asyncio.sleep(self.slow_s)
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a letter."""
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        await asyncio.sleep(self.slow_letter_s)
        return "250 OK"

    async def handle_QUIT(self, server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        """Take leave."""
        if not self.leave:
            server.transport.abort()
        return self.leave


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """One at a free port, without encryption."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box = Mailbox(free.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


# letters ------------------------------------------------------------------------------------------------------------
def test_a_letter_arrives_with_a_way_to_stop_it_by_one_click(mailbox: Mailbox) -> None:
    """To whom, from whom, what about, its steady id, and both headers of RFC 8058."""
    MailCourier(f"smtp://127.0.0.1:{mailbox.port}", sender="us@example.org").carry(MESSAGE, "rosa@example.org")
    ((to, letter),) = mailbox.letters
    assert to == ["rosa@example.org"]
    assert letter["Message-ID"] == f"<{MESSAGE.id}@example.org>"
    assert letter["List-Unsubscribe"] == "<https://example.org/stop/1>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (letter["From"], letter["Subject"]) == ("us@example.org", MESSAGE.title)
    assert str(letter.get_payload()).strip() == "A letter."


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        ("550 no such box", Gone),
        ("550 5.1.1 no such user", Gone),
        ("451 come back later", NotNow),
        ("554 5.7.1 relay access denied", NotNow),
    ],
)
def test_a_refused_address_is_gone_or_not_now(mailbox: Mailbox, refusal: str, told: type[Exception]) -> None:
    """5xx is for good, 4xx for now; and so is a no to us, or one wrong setting would take out everybody's address."""
    mailbox.refuses = refusal
    courier = MailCourier(f"smtp://127.0.0.1:{mailbox.port}", sender="us@example.org")
    with pytest.raises(told):
        courier.carry(MESSAGE, "rosa@example.org")
    assert mailbox.letters == []


LEAVES = ("421 too busy", "500 what?", "221", "nonsense", "")


@pytest.mark.parametrize("leave", LEAVES)
def test_a_letter_that_was_taken_is_not_sent_again(mailbox: Mailbox, leave: str) -> None:
    """However the server takes leave, or hangs up: it has the letter, so nothing is told of a failure."""
    mailbox.leave = leave
    MailCourier(f"smtp://127.0.0.1:{mailbox.port}", sender="us@example.org").carry(MESSAGE, "rosa@example.org")
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize("leave", LEAVES)
def test_a_refused_address_is_gone_however_the_server_takes_leave(mailbox: Mailbox, leave: str) -> None:
    """The refusal counts, not what came after it."""
    mailbox.refuses, mailbox.leave = "550 no such box", leave
    courier = MailCourier(f"smtp://127.0.0.1:{mailbox.port}", sender="us@example.org")
    with pytest.raises(Gone, match="550"):
        courier.carry(MESSAGE, "rosa@example.org")


def test_a_server_whose_answers_take_too_long_together_gets_no_letter(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer comes in time, all of them do not: what is not begun by then waits for the next try."""
    monkeypatch.setattr(mail, "WAIT_S", 5.0)
    monkeypatch.setattr(mail, "BEGUN_S", 0.5)
    mailbox.slow_s = 1.0
    with pytest.raises(NotNow, match="SMTPServerDisconnected"):
        MailCourier(f"smtp://127.0.0.1:{mailbox.port}", sender="us@example.org").carry(MESSAGE, "rosa@example.org")
    assert mailbox.letters == []


def test_a_server_that_thinks_a_letter_over_is_waited_for(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than for any other answer, or what it took would be sent again; but not for ever."""
    monkeypatch.setattr(mail, "WAIT_S", 0.5)
    mailbox.slow_letter_s = 1.0
    courier = MailCourier(f"smtp://127.0.0.1:{mailbox.port}", sender="us@example.org")
    courier.carry(MESSAGE, "rosa@example.org")
    monkeypatch.setattr(mail, "TAKEN_S", 0.5)
    with pytest.raises(NotNow):
        courier.carry(MESSAGE, "rosa@example.org")


def test_a_password_is_never_sent_in_the_clear(mailbox: Mailbox) -> None:
    """The server offers no encryption, so nothing is sent to it."""
    courier = MailCourier(f"smtp://rosa:secret@127.0.0.1:{mailbox.port}", sender="us@example.org")
    with pytest.raises(NotNow):
        courier.carry(MESSAGE, "rosa@example.org")
    assert mailbox.letters == []


def test_a_mail_server_that_is_down_is_tried_later() -> None:
    """Nobody listens at port 1."""
    with pytest.raises(NotNow, match="ConnectionRefusedError"):
        MailCourier("smtp://127.0.0.1:1", sender="us@example.org").carry(MESSAGE, "rosa@example.org")


# notices ------------------------------------------------------------------------------------------------------------
def test_a_notice_can_be_opened_by_its_browser_and_is_signed_by_us(listener: Listener) -> None:
    """The push service sees no word of it; the signature is by the key the browser was told to expect (RFC 8292)."""
    browser, courier = Browser(), PushCourier(b"k" * 32, contact="us@example.org", anywhere=True)
    courier.carry(MESSAGE, browser.address(listener.url))
    ((headers, body),) = listener.got
    assert b"practice" not in body
    told = browser.opened(body)
    assert (told["title"], told["link"], told["stop"]) == (MESSAGE.title, MESSAGE.link, MESSAGE.stop)
    token, key = (part.split("=", 1)[1] for part in headers["authorization"].removeprefix("vapid ").split(", "))
    assert key == courier.public_key
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.urlsafe_b64decode(key + "="))
    claims = jwt.decode(token, public, algorithms=["ES256"], audience="http://127.0.0.1")
    assert claims["sub"] == "mailto:us@example.org"
    assert (headers["topic"], headers["content-encoding"]) == (MESSAGE.id.replace("-", ""), "aes128gcm")
    assert len(headers["topic"]) == 32
    assert PushCourier(b"k" * 32, contact="x@example.org").public_key == key, "the key is the programme's, always"


@pytest.mark.parametrize(
    ("status", "told"), [(410, Gone), (404, Gone), (429, NotNow), (503, NotNow), (400, NotNow), (302, NotNow)]
)
def test_a_push_service_that_refuses(listener: Listener, status: int, told: type[Exception]) -> None:
    """A subscription that ended is gone; a busy service is tried later, and nobody follows where it leads."""
    listener.status = status
    with pytest.raises(told):
        PushCourier(b"k" * 32, contact="us@example.org", anywhere=True).carry(MESSAGE, Browser().address(listener.url))
    assert len(listener.got) == 1


@pytest.mark.parametrize(
    "address",
    [
        "", "{}", '{"endpoint": "https://example.org"}', "x" * 3000,
        '{"endpoint": "https://example.org/a", "keys": {"p256dh": "AAAA", "auth": "AAAA"}}',
    ],
)  # fmt: skip
def test_what_no_browser_gives_is_gone(address: str) -> None:
    """It is never tried again, and nothing is sent."""
    with pytest.raises(Gone):
        PushCourier(b"k" * 32, contact="us@example.org", anywhere=True).carry(MESSAGE, address)


@pytest.mark.parametrize(
    "url", ["http://example.org/", "https://127.0.0.1/", "https://10.0.0.1/x", "https://[::1]/", "https://169.254.1.1/"]
)
def test_nothing_is_sent_into_our_own_network(url: str) -> None:
    """Only https, and only to addresses of the open internet."""
    with pytest.raises(Gone):
        check_public(url)


# the programme's application ----------------------------------------------------------------------------------------
def test_the_application_can_tell_that_it_is_us(listener: Listener) -> None:
    """The signature holds by the standard's own library, and not for a changed body; the way to stop it is there."""
    HookCourier(listener.url, secret=SECRET).carry(MESSAGE, "")
    ((headers, body),) = listener.got
    told = Webhook(SECRET).verify(body, headers)
    assert told["type"] == "offer.sent"
    assert told["data"] == {
        "title": MESSAGE.title, "link": MESSAGE.link, "stop": MESSAGE.stop, "member": "m", "reach": "1"
    }  # fmt: skip
    assert headers["webhook-id"] == MESSAGE.id
    with pytest.raises(Exception, match="signature"):
        Webhook(SECRET).verify(body + b" ", headers)


def test_the_application_is_told_what_kind_it_is(listener: Listener) -> None:
    """An alert is not an offer, and there is no stopping it."""
    HookCourier(listener.url, secret=SECRET).carry(replace(MESSAGE, kind="alert.raised", stop=""), "")
    ((_, body),) = listener.got
    told = json.loads(body)
    assert told["type"] == "alert.raised"
    assert "stop" not in told["data"]


def test_an_application_that_is_not_there_is_tried_later(listener: Listener) -> None:
    """Even a 404: it is the programme's own, and can be put right."""
    listener.status = 404
    with pytest.raises(NotNow):
        HookCourier(listener.url, secret=SECRET).carry(MESSAGE, "")


# what is set up -----------------------------------------------------------------------------------------------------
def test_each_channel_needs_its_own_variables() -> None:
    """Nothing without an address of our own; each other channel as it is set up."""
    assert outbound_from_environment(b"k" * 32, {}).channels == (Channel.PAGE,)
    every = {
        "ATTUNEMENT_ORIGIN": "https://example.org/", "ATTUNEMENT_SMTP": "smtp://m.example.org",
        "ATTUNEMENT_MAIL_FROM": "us@example.org", "ATTUNEMENT_WEBHOOK": "https://example.org/hook",
        "ATTUNEMENT_WEBHOOK_SECRET": SECRET,
    }  # fmt: skip
    found = outbound_from_environment(b"k" * 32, every)
    assert (found.origin, found.channels) == ("https://example.org", tuple(Channel))
    for name, bad in (
        ("ATTUNEMENT_SMTP", "mail.example.org"), ("ATTUNEMENT_SMTP", "smtp://m.example.org:many"),
        ("ATTUNEMENT_MAIL_FROM", "us"), ("ATTUNEMENT_WEBHOOK", "example.org"),
        ("ATTUNEMENT_WEBHOOK_SECRET", ""), ("ATTUNEMENT_WEBHOOK_SECRET", "whsec_QUFB"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=name):
            outbound_from_environment(b"k" * 32, every | {name: bad})
