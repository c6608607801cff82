"""Files by content, and which of them a resource has.

Revision ID: 003_files
Revises: 002_five_sops
Create Date: 2026-11-21
"""

revision = "003_files"
down_revision = "002_five_sops"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
