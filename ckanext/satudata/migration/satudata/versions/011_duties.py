"""Daily duties as rows, and what lies astray: since when it was seen.

Revision ID: 011_duties
Revises: 008_working_copies
Create Date: 2026-11-22
"""

import sqlalchemy as sa
from alembic import op

revision = "011_duties"
down_revision = "010_scheduled"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "satudata_duty",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("next_at", sa.DateTime, nullable=False),
        sa.Column("began_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("leased_until", sa.DateTime),
        sa.Column("leased_by", sa.Text),
        sa.Column("done", sa.Integer),
        sa.Column("error", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "satudata_stray",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("seen_at", sa.DateTime, nullable=False),
    )


def downgrade():
    op.drop_table("satudata_stray")
    op.drop_table("satudata_duty")
