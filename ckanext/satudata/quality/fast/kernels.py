"""pyarrow's kernels. They are made when it is loaded, so that no checker of types sees them."""

from __future__ import annotations

from typing import Any

import pyarrow.compute

pc: Any = pyarrow.compute
