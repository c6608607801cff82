"""Second factors, recovery codes and failed logins.

Revision ID: 007_accounts
Revises: 006_tables
Create Date: 2026-11-21
"""

import sqlalchemy as sa
from alembic import op

revision = "007_accounts"
down_revision = "006_tables"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "satudata_account",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("must_change", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("sealed_secret", sa.Text),
        sa.Column("last_step", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("generation", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "satudata_recovery_code",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("used_at", sa.DateTime),
    )
    op.create_table(
        "satudata_factor_reset",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("confirmed_by", sa.Text),
        sa.Column("confirmed_at", sa.DateTime),
        # Two persons, neither of them the one whose factor it is, whatever the program does.
        sa.CheckConstraint("asked_by <> user_id", name="satudata_factor_reset_not_own"),
        sa.CheckConstraint(
            "confirmed_by <> user_id AND confirmed_by <> asked_by",
            name="satudata_factor_reset_two_persons",
        ),
    )
    # One reset of a person waits at a time.
    op.create_index(
        "satudata_factor_reset_open",
        "satudata_factor_reset",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NULL"),
    )
    op.create_table(
        "satudata_login_count",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("locked_until", sa.DateTime),
    )


def downgrade():
    for table in ("login_count", "factor_reset", "recovery_code", "account"):
        op.drop_table(f"satudata_{table}")
