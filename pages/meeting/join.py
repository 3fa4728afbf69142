"""Join: a participant's only page, from the way in to what was decided."""

from ect.ui import access
from ect.ui.components.meeting.join import ask_for_code, meeting_in_hand, show_seat, take_a_seat, unseated

ticket = access.ticket()
meeting = meeting_in_hand(ticket) if ticket else None
if ticket is None or meeting is None:
    ask_for_code()
else:
    seat = access.seat_in(meeting.key)
    if seat is None:
        take_a_seat(meeting, ticket)
    elif seat.removed:
        unseated(meeting)
    else:
        show_seat(meeting, seat)
