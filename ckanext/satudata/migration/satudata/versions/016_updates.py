"""When the next data of a dataset are due, whether they were asked for, and the office's rounds.

Revision ID: 016_updates
Revises: 015_lighter
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "016_updates"
down_revision = "015_lighter"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "satudata_update",
        # One row a dataset: there is never more than one request for its next data.
        sa.Column("dataset_id", sa.Text, primary_key=True),
        sa.Column("release_id", sa.Text, sa.ForeignKey("satudata_release.id"), nullable=False),
        sa.Column("base_id", sa.Text, sa.ForeignKey("satudata_release.id"), nullable=False),
        sa.Column("organization_id", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("near_on", sa.Date),
        sa.Column("basis", sa.Text),
        sa.Column("asked_at", sa.DateTime),
        sa.Column("list_subject", sa.Text),
        sa.Column("asked_told_at", sa.DateTime),
        sa.Column("overdue_told_at", sa.DateTime),
        sa.CheckConstraint("(due_on IS NULL) = (near_on IS NULL)", name="satudata_update_days"),
    )
    op.create_index(
        "satudata_update_to_ask",
        "satudata_update",
        ["near_on"],
        postgresql_where=sa.text("asked_at IS NULL AND near_on IS NOT NULL"),
    )
    op.create_index(
        "satudata_update_due",
        "satudata_update",
        ["due_on", "dataset_id"],
        postgresql_where=sa.text("due_on IS NOT NULL"),
    )
    op.create_index(
        "satudata_case_item_request",
        "satudata_case_item",
        ["organization_id", sa.text("lower(title)")],
        postgresql_where=sa.text("is_request AND ended IS NULL"),
    )
    _rounds()


def _rounds() -> None:
    op.create_table(
        "satudata_round",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("office_id", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("rows", ARRAY(sa.Integer), nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("first_on", sa.Date, nullable=False),
        sa.Column("last_on", sa.Date, nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("skipped", sa.Integer, nullable=False, server_default="0"),
        sa.Column("told_at", sa.DateTime),
        sa.Column("ended", sa.Text),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("ended_by", sa.Text),
        sa.Column("note", sa.Text),
        sa.CheckConstraint("ended IN ('confirmed', 'missed')", name="satudata_round_ended"),
        # Never two of one period, whoever opens them.
        sa.UniqueConstraint("office_id", "subject", "step", "period", name="satudata_round_once"),
    )
    op.create_index(
        "satudata_round_open",
        "satudata_round",
        ["office_id", "subject", "step"],
        unique=True,
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_index("satudata_round_of", "satudata_round", ["office_id", "last_on"])


def downgrade():
    op.drop_index("satudata_case_item_request")
    op.drop_table("satudata_round")
    op.drop_table("satudata_update")
