"""Before the reveal, no connection receives another person's vote, nor anything made from it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ect.domain.rating import Answer, Rating
from ect.services.meeting import reveal
from ect.services.membership import ORGANISER, Actor
from ect.services.voting import vote
from tests.benchmarks.servers import our_app
from tests.live.meetings import TERRAINS, Room, room
from tests.live.phones import Phone

COMMENT = "zinzolin"
CRITERION = "leadership"


@pytest.fixture
def meeting(tmp_path: Path) -> Room:
    return room(f"sqlite:///{(tmp_path / 'ect.db').as_posix()}", 2)


def speak(meeting: Room, seat: int, level: int) -> None:
    rating = Rating(CRITERION, Answer.LEVEL, level, comment=COMMENT)  # type: ignore[arg-type]
    vote(meeting.db, Actor(seat=meeting.seats[seat]), meeting.meeting, TERRAINS[0], rating)


async def overheard(address: str, meeting: Room) -> dict[str, list[bytes]]:
    """Return what the other participant and two facilitator's views receive over some seconds."""
    listeners = {
        "participant": Phone(address, "rejoindre", meeting.cookies[1], keep=True),
        "desk": Phone(address, "animer", keep=True),
        "decide": Phone(address, "decider", keep=True),
        "meetings": Phone(address, "seance", keep=True),
        "ranking": Phone(address, "classement", keep=True),
    }
    for phone in listeners.values():
        await phone.open()
    await asyncio.sleep(6)
    for phone in listeners.values():
        await phone.close()
    return {name: phone.received for name, phone in listeners.items()}


def elements(frames: list[bytes]) -> set[bytes]:
    """Return the elements among some frames, without what differs from run to run."""
    found = set()
    for frame in frames:
        message = ForwardMsg()
        message.ParseFromString(frame)
        if message.WhichOneof("type") == "delta":
            message.delta.fragment_id = ""
            found.add(message.delta.SerializeToString(deterministic=True))
    return found


def test_what_others_receive_is_the_same_whatever_one_person_votes(meeting: Room, tmp_path: Path) -> None:
    server = our_app(tmp_path / "ect.db")
    try:
        server.wait()
        heard = []
        for level in (0, 2):
            speak(meeting, 0, level)
            heard.append(asyncio.run(overheard(server.address, meeting)))
        reveal(meeting.db, ORGANISER, meeting.meeting)
        after = asyncio.run(overheard(server.address, meeting))
    finally:
        server.stop()
    for name in heard[0]:
        assert heard[0][name]
        for frames in (heard[0][name], heard[1][name]):
            assert not any(COMMENT.encode() in frame for frame in frames), name
        assert elements(heard[0][name]) == elements(heard[1][name]), name
    assert any(COMMENT.encode() in frame for frame in after["desk"]), "the control: a reveal is heard"
