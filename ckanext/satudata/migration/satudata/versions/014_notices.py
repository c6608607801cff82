"""Notices: who is told of what, by which way, and what became of it.

Revision ID: 014_notices
Revises: 013_clocks
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "014_notices"
down_revision = "013_clocks"
branch_labels = None
depends_on = None


def upgrade():
    _notices()
    op.create_table(
        "satudata_notice_setting",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("way", sa.Text, nullable=False),
        sa.CheckConstraint("way IN ('mail', 'digest', 'page')", name="satudata_notice_setting_way"),
    )
    op.create_table(
        "satudata_reminder",
        sa.Column("clock_id", sa.Text, primary_key=True),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("sent", ARRAY(sa.Text), nullable=False),
        sa.Column("next_at", sa.DateTime),
    )
    # Where the link goes by e-mail; no account holds the address.
    op.add_column("satudata_link", sa.Column("email", sa.Text))


def _notices() -> None:
    op.create_table(
        "satudata_notice",
        sa.Column("id", sa.Text, primary_key=True),
        # What makes a notice the same one: written twice it is there once.
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("message_id", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text),
        sa.Column("link_id", sa.Text, sa.ForeignKey("satudata_link.id")),
        sa.Column("case_id", sa.Text, sa.ForeignKey("satudata_case.id")),
        sa.Column("step", sa.Integer),
        sa.Column("actor", sa.Text, nullable=False, server_default=""),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("facts", JSONB, nullable=False, server_default="{}"),
        sa.Column("secret", sa.Text),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("digest_id", sa.Text, sa.ForeignKey("satudata_notice.id")),
        sa.Column("read_at", sa.DateTime),
        sa.Column("sent_at", sa.DateTime),
        sa.Column("sent_by", sa.Text),
        sa.Column("undeliverable", sa.Text),
        sa.Column("undeliverable_at", sa.DateTime),
        sa.CheckConstraint("way IN ('mail', 'digest', 'page')", name="satudata_notice_way"),
    )
    op.create_index("satudata_notice_of", "satudata_notice", ["recipient", "at", "id"])
    op.create_index(
        "satudata_notice_unread",
        "satudata_notice",
        ["recipient"],
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index(
        "satudata_notice_gathered",
        "satudata_notice",
        ["recipient", "at"],
        postgresql_where=sa.text("way = 'digest' AND digest_id IS NULL"),
    )
    op.create_index("satudata_notice_digest", "satudata_notice", ["digest_id"])
    op.create_index(
        "satudata_notice_undeliverable",
        "satudata_notice",
        ["undeliverable_at"],
        postgresql_where=sa.text("undeliverable IS NOT NULL"),
    )


def downgrade():
    op.drop_column("satudata_link", "email")
    op.drop_table("satudata_reminder")
    op.drop_table("satudata_notice_setting")
    op.drop_table("satudata_notice")
