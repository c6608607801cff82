"""What is to be delivered after the commit.

Revision ID: 004_outbox
Revises: 003_files
Create Date: 2026-11-21
"""

revision = "004_outbox"
down_revision = "003_files"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
