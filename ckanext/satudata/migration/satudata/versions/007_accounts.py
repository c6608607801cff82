"""Second factors, recovery codes and failed logins.

Revision ID: 007_accounts
Revises: 006_tables
Create Date: 2026-11-21
"""

revision = "007_accounts"
down_revision = "006_tables"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
