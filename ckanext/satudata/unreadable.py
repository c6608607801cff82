"""What is known of spreadsheets that are not what they should be, for every room that opens one."""

from __future__ import annotations

import re
import zipfile
import zlib

from openpyxl.utils.exceptions import InvalidFileException

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,  # both XML parsers say this of XML that is not well-formed
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    OSError,
    EOFError,
)
"""What zipfile, the XML parsers and openpyxl raise over such a file."""

DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""What no spreadsheet needs, and what makes a parser grow or fetch."""
