"""Denied attempts counted, and what names people, apart from the events that refer to it.

Revision ID: 005_proof
Revises: 004_outbox
Create Date: 2026-11-21
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "005_proof"
down_revision = "004_outbox"
branch_labels = None
depends_on = None


def upgrade():
    # Further attempts of one actor at one action: since when, and how many no event tells yet.
    op.create_table(
        "satudata_denied",
        sa.Column("actor", sa.Text, primary_key=True),
        sa.Column("action", sa.Text, primary_key=True),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("further", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "satudata_denied_anonymous",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("action", sa.Text, primary_key=True),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "satudata_person",
        sa.Column("reference", sa.Text, primary_key=True),
        sa.Column("salt", sa.Text),
        sa.Column("value", JSONB),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("erased_at", sa.DateTime),
    )
    op.create_index("satudata_person_name", "satudata_person", [sa.text("(value->>'name')")])


def downgrade():
    for table in ("satudata_person", "satudata_denied_anonymous", "satudata_denied"):
        op.drop_table(table)
