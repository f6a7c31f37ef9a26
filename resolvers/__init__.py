"""How a question is served: settings, the embedded database, and one shell for all areas."""

import sys

sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # structlog loads it for nothing of ours
import structlog  # noqa: E402, F401

if sys.modules["rich"] is None:
    del sys.modules["rich"]
