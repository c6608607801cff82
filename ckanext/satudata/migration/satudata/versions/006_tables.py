"""Which DataStore table a resource has.

Revision ID: 006_tables
Revises: 005_proof
Create Date: 2026-11-21
"""

revision = "006_tables"
down_revision = "005_proof"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
