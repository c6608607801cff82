"""Access classes of data (Perpres 39/2019 article 10; UU 14/2008 on public information)."""

OPEN = "terbuka"
RESTRICTED = "terbatas"
CLOSED = "tertutup"
