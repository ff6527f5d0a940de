"""Addresses of minutes and of what is to be followed up. Who may read and write lies with the meeting: views ask."""

from samstyr.web.routing import page

from .views import follow_up, minutes

BOTH = ("GET", "POST")
MINUTES = "moeter/<uuid:key>/moetebok/"

urlpatterns = [
    page(MINUTES, minutes.detail, "minutes-detail", methods=BOTH, kind="held_meeting"),
    page("moeter/moetebok/<uuid:key>/", minutes.section, "minutes-section", methods=BOTH, kind="minutes_section"),
    page(f"{MINUTES}send/", minutes.send, "minutes-send", methods=("POST",), kind="held_meeting"),
    page(f"{MINUTES}godkjenn/", minutes.approve, "minutes-approve", methods=BOTH, kind="sent_meeting"),
    page(f"{MINUTES}tillegg/", minutes.addendum, "minutes-addendum", methods=BOTH, kind="approved_meeting"),
    page(f"{MINUTES}fil.<str:ending>", minutes.export, "minutes-export", kind="approved_meeting"),
    page("oppfoelging/", follow_up.follow_up_list, "follow-up-list"),
    page("oppfoelging/ny/", follow_up.add, "follow-up-add", methods=BOTH),
    page("oppfoelging/<uuid:key>/", follow_up.done, "follow-up-done", methods=BOTH, kind="follow_up"),
]
