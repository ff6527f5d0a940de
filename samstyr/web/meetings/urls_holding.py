"""Addresses of a meeting while it is held. Who may do what lies with the meeting: views and actions ask."""

from samstyr.web.routing import page

from .views import holding, voting

POST, BOTH = ("POST",), ("GET", "POST")
MEETING, ITEM, VOTING = "moeter/<uuid:key>/", "moeter/sak/<uuid:key>/", "moeter/votering/<uuid:key>/"
PERSON = "moeter/deltaker/<uuid:key>/"

urlpatterns = [
    page(f"{MEETING}gjennomfoer/", holding.hold, "meeting-hold", kind="going_meeting"),
    page(f"{MEETING}direkte/", holding.live, "voting-live", kind="going_meeting"),
    page(f"{MEETING}sett/", holding.open_meeting, "meeting-open", methods=POST, kind="called_meeting"),
    page(f"{MEETING}leder/", holding.change_chair, "meeting-chair", methods=POST, kind="going_meeting"),
    page(f"{MEETING}hev/", holding.end_meeting, "meeting-end", methods=POST, kind="going_meeting"),
    page(f"{MEETING}oppmoete/", holding.attendance_all, "attendance-all", methods=POST, kind="going_meeting"),
    page(f"{MEETING}vara/", holding.substitute, "attendance-substitute", methods=POST, kind="going_meeting"),
    page(f"{PERSON}oppmoete/", holding.attendance_set, "attendance-set", methods=POST, kind="going_participant"),
    page(f"{ITEM}ta-opp/", holding.item_open, "item-open", methods=POST, kind="going_item"),
    page(f"{ITEM}behandling/", holding.item_discuss, "item-discuss", methods=POST, kind="going_item"),
    page(f"{ITEM}utsett/", holding.item_postpone, "item-postpone", methods=POST, kind="going_item"),
    page(f"{ITEM}vedtak/", holding.item_decide, "item-decide", methods=POST, kind="going_item"),
    page(f"{ITEM}habilitet/", holding.impartiality_raise, "impartiality-raise", methods=BOTH, kind="going_item"),
    page(
        "moeter/habilitet/<uuid:key>/",
        holding.impartiality_decide,
        "impartiality-decide",
        methods=POST,
        kind="impartiality",
    ),
    page(f"{ITEM}forslag/", holding.motion_make, "motion-make", methods=BOTH, kind="going_item"),
    page("moeter/forslag/<uuid:key>/trekk/", holding.motion_withdraw, "motion-withdraw", methods=POST, kind="motion"),
    page(f"{ITEM}votering/", voting.open_voting, "voting-open", methods=POST, kind="going_item"),
    page(f"{VOTING}stem/", voting.cast, "voting-cast", methods=POST, kind="open_voting"),
    page(f"{VOTING}foer/", voting.enter, "voting-enter", methods=POST, kind="open_voting"),
    page(f"{VOTING}lukk/", voting.close, "voting-close", methods=POST, kind="open_voting"),
    page(f"{VOTING}avbryt/", voting.cancel, "voting-cancel", methods=POST, kind="open_voting"),
]
