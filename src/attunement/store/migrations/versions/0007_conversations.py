"""Conversations, who owns them, and the triggers that keep anybody else from speaking in them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ID = sa.String(length=36)
AT = sa.DateTime(timezone=True)
MAY_SPEAK = (
    "c.id = NEW.conversation AND CASE NEW.speaker "
    "WHEN 'notice' THEN true "
    "WHEN 'member' THEN c.owner <> 'closed' "
    "WHEN 'companion' THEN c.owner = 'companion' AND c.epoch = NEW.epoch "
    "WHEN 'supporter' THEN c.owner = 'supporter' AND c.supporter = NEW.author "
    "ELSE false END"
)
CHANGED_HANDS = "(OLD.owner <> NEW.owner OR coalesce(OLD.supporter, '') <> coalesce(NEW.supporter, ''))"
REFUSED = "not-the-owner"


def _of_member(table: str) -> list[sa.schema.SchemaItem]:
    named = op.f(f"fk_{table}_member")
    key = sa.ForeignKeyConstraint(["member"], ["members.id"], name=named, ondelete="CASCADE")
    return [sa.Column("member", ID, nullable=False), key]


def upgrade() -> None:
    """Make the tables of conversations, and the triggers of the database at hand."""
    _conversations()
    _turns()
    op.create_table(
        "supporters",
        sa.Column("account", ID, nullable=False),
        sa.Column("languages", sa.String(length=200), nullable=False),
        sa.Column("skills", sa.String(length=400), nullable=False),
        sa.Column("team", sa.String(length=40)),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_supporters_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_supporters")),
    )
    op.create_table(
        "shifts",
        sa.Column("account", ID, nullable=False),
        sa.Column("since", AT, nullable=False),
        sa.Column("until", AT, nullable=False),
        sa.Column("debriefed", AT),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_shifts")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _triggers_of_sqlite()
    else:
        _triggers_of_postgresql()


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", ID, nullable=False),
        *_of_member("conversations"),
        sa.Column("seq", SEQ, nullable=False),
        sa.Column("owner", sa.String(length=10), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("supporter", ID),
        sa.Column("asked_by", sa.String(length=10)),
        sa.Column("person", ID),
        sa.Column("team", sa.String(length=40)),
        sa.Column("skill", sa.String(length=40)),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("risk", sa.String(length=10), nullable=False),
        sa.Column("opened", AT, nullable=False),
        sa.Column("waiting_since", AT),
        sa.Column("claimed", AT),
        sa.Column("waited_s", sa.Float()),
        sa.Column("closed", AT),
        sa.Column("last_at", AT, nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    op.create_index("ix_conversations_member_seq", "conversations", ["member", "seq"])
    op.create_index("ix_conversations_owner_waiting_since", "conversations", ["owner", "waiting_since"])
    op.create_index("ix_conversations_supporter_owner", "conversations", ["supporter", "owner"])
    op.create_index("ix_conversations_claimed", "conversations", ["claimed"])


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", ID, nullable=False),
        sa.Column("conversation", ID, nullable=False),
        *_of_member("turns"),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("logged", SEQ, nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("speaker", sa.String(length=10), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("author", ID),
        sa.Column("sent", ID),
        sa.Column("strategy", sa.String(length=40)),
        sa.Column("probability", sa.Float()),
        sa.Column("risk", sa.String(length=10)),
        sa.Column("helped", sa.Boolean()),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name=op.f("fk_turns_conversation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
    )
    op.create_index("uq_turns_conversation_line", "turns", ["conversation", "line"], unique=True)
    op.create_index("uq_turns_conversation_sent", "turns", ["conversation", "sent"], unique=True)
    op.create_index("ix_turns_member", "turns", ["member"])


def _triggers_of_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER turns_by_their_owner BEFORE INSERT ON turns "  # noqa: S608 - our own constants
        f"WHEN NOT EXISTS (SELECT 1 FROM conversations c WHERE {MAY_SPEAK}) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )
    op.execute(
        "CREATE TRIGGER turns_stay BEFORE UPDATE OF conversation, speaker, epoch, author, line ON turns "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )
    op.execute(
        f"CREATE TRIGGER conversations_change_hands BEFORE UPDATE ON conversations "
        f"WHEN NEW.epoch < OLD.epoch OR ({CHANGED_HANDS} AND NEW.epoch <= OLD.epoch) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )


def _triggers_of_postgresql() -> None:
    # the row is locked before it is looked at: a claim under way is waited for, and its outcome counts
    op.execute(
        "CREATE FUNCTION turns_by_their_owner() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM 1 FROM conversations c WHERE c.id = NEW.conversation FOR NO KEY UPDATE; "
        f"PERFORM 1 FROM conversations c WHERE {MAY_SPEAK}; "
        f"IF NOT FOUND THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER turns_by_their_owner BEFORE INSERT ON turns "
        "FOR EACH ROW EXECUTE FUNCTION turns_by_their_owner()"
    )
    op.execute(
        "CREATE FUNCTION not_the_owner() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER turns_stay BEFORE UPDATE OF conversation, speaker, epoch, author, line ON turns "
        "FOR EACH ROW EXECUTE FUNCTION not_the_owner()"
    )
    op.execute(
        "CREATE TRIGGER conversations_change_hands BEFORE UPDATE ON conversations FOR EACH ROW "
        f"WHEN (NEW.epoch < OLD.epoch OR ({CHANGED_HANDS} AND NEW.epoch <= OLD.epoch)) "
        "EXECUTE FUNCTION not_the_owner()"
    )
