"""Copies made and put back while people rate: sound, complete, and followed by every screen."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from threading import Event, Thread

from ect.domain.rating import Answer
from ect.services.backups import Examined, backup, examine, restore, verify
from ect.services.opening import open_database
from ect.services.rating import answer
from ect.settings import Settings
from ect.storage.database import Database
from tests.benchmarks.servers import our_app
from tests.live.meetings import Room, answer_in_store, read_option, room
from tests.live.phones import Phone
from tests.live.writers import Writers, writing

COPIES, PEOPLE = 30, 4


def test_each_copy_holds_all_that_was_acknowledged_before_it_began_and_is_sound(tmp_path: Path) -> None:
    address = f"sqlite:///{(tmp_path / 'ect.db').as_posix()}"
    db = open_database(Settings(database_url=address))
    with writing(address) as writers:
        _wait_for(lambda: len(writers.acknowledged) > 50)
        made = [_copied(db, tmp_path / f"copie-{number}.db", writers) for number in range(COPIES)]
        assert all(process.poll() is None for process in writers.processes)
    for copy, before, _after in made:
        assert copy.problems == ()
        assert examine(copy.path).problems == ()
        held = _voices(copy.path)
        assert before - held == set()
        assert copy.contents
        assert copy.contents.counts["ratings"] == len(held)
    # They went on all the while, and nobody was refused.
    assert all(len(after) > len(before) for _copy, before, after in made)
    assert set(writers.acknowledged) - _voices(tmp_path / "ect.db") == set()
    assert verify(tmp_path / "ect.db").problems == ()


def _copied(db: Database, path: Path, writers: Writers) -> tuple[Examined, set[str], set[str]]:
    """Make a copy; return it with what was acknowledged before it began, and once it was made."""
    before = set(writers.acknowledged)
    copy = backup(db, path)
    _wait_for(lambda: len(writers.acknowledged) > len(before))
    return copy, before, set(writers.acknowledged)


def _voices(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as raw:
        return {voice for (voice,) in raw.execute("SELECT voice FROM rating")}


def _wait_for(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_phones_go_on_while_copies_are_made_and_put_back_on_a_server_that_runs(tmp_path: Path) -> None:
    store = tmp_path / "ect.db"
    meeting = room(f"sqlite:///{store.as_posix()}", PEOPLE)
    before = backup(meeting.db, tmp_path / "before.db")
    server = our_app(store)
    try:
        server.wait()
        asyncio.run(_copy_and_put_back(server.address, meeting, before.path, tmp_path))
    finally:
        server.stop()
    assert verify(store).problems == ()
    meeting.db.close()


async def _copy_and_put_back(address: str, meeting: Room, before: Path, folder: Path) -> None:
    phones = [Phone(address, "rejoindre", cookie, seed=n) for n, cookie in enumerate(meeting.cookies)]
    await asyncio.gather(*(phone.open() for phone in phones))
    enough = asyncio.Event()
    rating = [asyncio.create_task(_keep_rating(phone, enough)) for phone in phones]
    while not all(phone.acknowledged for phone in phones):
        await asyncio.sleep(0.05)
    copies = [await asyncio.to_thread(backup, meeting.db, folder / f"{number}.db") for number in range(5)]
    assert [copy.problems for copy in copies] == [()] * 5
    assert all(copy.contents and copy.contents.counts["votes"] == PEOPLE for copy in copies)
    enough.set()
    await asyncio.gather(*rating)
    answered = [read_option(phone.acknowledged) for phone in phones]

    # What was there before anybody rated comes back, and phones that were open rate on, on it.
    done = await asyncio.to_thread(restore, meeting.db, before)
    assert done.changes.after.counts["votes"] == 0
    assert [answer_in_store(meeting, seat) for seat in meeting.seats] == [""] * PEOPLE
    chosen = [(await phone.choose())[0] for phone in phones]
    assert [answer_in_store(meeting, seat) for seat in meeting.seats] == [read_option(one) for one in chosen]

    # The restore is undone: a phone that comes back finds what it had acknowledged before.
    await asyncio.to_thread(restore, meeting.db, done.kept)
    again = [Phone(address, "rejoindre", cookie, seed=9) for cookie in meeting.cookies]
    await asyncio.gather(*(phone.open() for phone in again))
    assert [read_option(phone.shown()) for phone in again] == answered
    assert [answer_in_store(meeting, seat) for seat in meeting.seats] == answered
    for phone in (*phones, *again):
        await phone.close()


async def _keep_rating(phone: Phone, enough: asyncio.Event) -> None:
    while not enough.is_set():
        await phone.choose()


def test_a_restore_waits_for_who_writes_and_who_writes_waits_for_it(tmp_path: Path) -> None:
    address = f"sqlite:///{(tmp_path / 'ect.db').as_posix()}"
    db = open_database(Settings(database_url=address))
    copy = backup(db, tmp_path / "copie.db").path
    inside, go_on = Event(), Event()

    def hold() -> None:
        with db.write() as session:
            session.connection().exec_driver_sql("UPDATE terrain SET revision = revision")
            inside.set()
            go_on.wait(5)

    holding = Thread(target=hold)
    holding.start()
    inside.wait(5)
    putting_back = Thread(target=restore, args=(db, copy))
    putting_back.start()
    putting_back.join(0.5)
    assert putting_back.is_alive()
    go_on.set()
    for thread in (holding, putting_back):
        thread.join(20)
        assert not thread.is_alive()
    answer(db, "sut", "need", Answer.LEVEL, Fraction(1))
    db.close()
