"""Rooms 会议室: which there are, who has which from when to when, and how they are cleaned."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.approval.procedure import Procedure, asked, referring
from domain.approval.spans import Span, for_a_time
from domain.records.bookable import Bookable, ended, too_small
from domain.records.registers import REQUEST, Draw, Entry, Register
from domain.records.things import Card, Thing
from domain.values.bounds import between


class Room(Card):
    """会议室; a room that the office gives out for meetings."""

    name: str = asked("会议室", "The room", longest=100)
    seats: int = asked("座位数", "Seats", bounds=between(1, 10_000, unit="person"))
    equipment: str = asked("设备", "Equipment", default="", longest=500)
    by_cleaner: bool = asked("由保洁员负责", "The cleaner answers for it", default=True)
    closed_on: date | None = asked("停用", "From when it is no longer in use", default=None)


ROOMS = Thing(
    "room.card",
    Room,
    cards="rooms",
    named_by="name",
    unique=("name",),
    bookable=Bookable(
        withheld="ROOM_WITHHELD",
        bars=(ended("ROOM_CLOSED", "closed_on"), too_small("ROOM_TOO_SMALL", "seats")),
    ),
    word="Room",
)
ROOM = ROOMS.reference


class Meeting(Span):
    """会议室预约; a room wanted for a meeting."""

    room_id: UUID | None = referring("会议室", "Room", ROOM, default=None)
    people: int | None = asked("人数", "People", default=None)


class Cleaning(Entry):
    """会议室清理; a room that was cleaned: by the week, or after a meeting."""

    room_id: UUID = referring("会议室", "Room", ROOM)
    cleaned_at: datetime = asked("清理时间", "When it was done")
    request_id: UUID | None = referring(
        "会议的预约", "The meeting that it was after", REQUEST, default=None
    )


BOOKING = "room.booking"
PROCEDURES: tuple[Procedure[Any], ...] = (
    for_a_time(BOOKING, Meeting, "room_id", (timedelta(days=31), "ROOM_HAD_TOO_LONG")),
)
CLEANINGS = Register(
    "room.cleaning", Cleaning, day="cleaned_at", draws=(Draw("request_id", (BOOKING,)),)
)
THINGS = (ROOMS,)
REGISTERS = (CLEANINGS,)
