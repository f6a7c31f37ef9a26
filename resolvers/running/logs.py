"""One line per event: readable on a terminal, JSON where a machine collects it."""

import logging
import sys

import structlog

SHARED: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def is_read(*, production: bool) -> bool:
    """Whether a person reads them, on a terminal."""
    return sys.stderr.isatty() and not production


def configure(*, readable: bool) -> None:
    """Send our own events and those of the libraries to stderr in one form."""
    if readable:
        last: tuple[structlog.typing.Processor, ...] = (
            # Its usual traceback tells the values of variables: people's words, in endless lines.
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        )
    else:
        last = (
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        )
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for talkative in ("uvicorn.error", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    # A pool that finds no database says so at length, each time; we say it in a line.
    logging.getLogger("asyncpg").setLevel(logging.ERROR)
