"""Working copies of what is public, and what is shown.

Revision ID: 008_working_copies
Revises: 007_accounts
Create Date: 2026-11-21
"""

revision = "008_working_copies"
down_revision = "007_accounts"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
