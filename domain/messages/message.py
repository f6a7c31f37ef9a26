"""One sentence in two languages."""

from dataclasses import dataclass
from typing import Any

ZH, EN = "zh-CN", "en"


@dataclass(frozen=True)
class Message:
    zh: str
    en: str

    def say(self, language: str, details: dict[str, Any]) -> str:
        return (self.en if language == EN else self.zh).format_map(details)
