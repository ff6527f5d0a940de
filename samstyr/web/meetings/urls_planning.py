"""Addresses of preparing meetings. Who may read and prepare lies with the meeting: views ask."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from .views import agenda, calendar, planning, proposed, year

BOTH, POST = ("GET", "POST"), ("POST",)
MEETING, ITEM = "moeter/<uuid:key>/", "moeter/sak/<uuid:key>/"

urlpatterns = [
    page("moeter/forslag/", proposed.proposals, "meeting-proposals", act=Act.MODEL_READ),
    page("moeter/aaret/", year.plan_year, "meeting-year", methods=BOTH, act=Act.CASE_ADMINISTER),
    page(
        "moeter/dag/<uuid:key>/flytt/", year.move, "meeting-move", methods=BOTH, act=Act.CASE_ADMINISTER, kind="meeting"
    ),
    page("moeter/dag/<uuid:key>/forbered/", planning.prepare, "meeting-prepare", methods=POST, kind="meeting"),
    page(MEETING, planning.detail, "meeting-detail", kind="called_meeting"),
    page(f"{MEETING}rediger/", planning.edit, "meeting-edit", methods=BOTH, kind="called_meeting"),
    page(f"{MEETING}kall-inn/", planning.call, "meeting-call", methods=POST, kind="called_meeting"),
    page(f"{MEETING}send-endring/", planning.send_change, "meeting-change", methods=POST, kind="called_meeting"),
    page(f"{MEETING}rekkefolge/", agenda.order, "agenda-order", methods=BOTH, kind="called_meeting"),
    page(f"{MEETING}saker/", planning.add_cases, "agenda-cases", methods=POST, kind="called_meeting"),
    page(f"{MEETING}ny-sak/", agenda.add, "agenda-add", methods=BOTH, kind="called_meeting"),
    page(f"{MEETING}mote.ics", calendar.one, "meeting-ics", kind="called_meeting"),
    page("moeter/svar/<uuid:key>/", planning.answer, "meeting-answer", methods=BOTH, kind="participant"),
    page(ITEM, agenda.item, "agenda-item", kind="agenda_item"),
    page(f"{ITEM}rediger/", agenda.edit, "agenda-item-edit", methods=BOTH, kind="agenda_item"),
    page(f"{ITEM}flytt/", agenda.move, "agenda-move", methods=POST, kind="agenda_item"),
    page(f"{ITEM}ta-av/", agenda.remove, "agenda-remove", methods=POST, kind="agenda_item"),
    page(f"{ITEM}dokument/", agenda.add_paper, "paper-add", methods=POST, kind="agenda_item"),
    page(f"{ITEM}dokument/<uuid:paper>/fjern/", agenda.remove_paper, "paper-remove", methods=POST, kind="agenda_paper"),
    page(f"{ITEM}sporsmal/", agenda.ask, "question-ask", methods=POST, kind="agenda_item"),
    page(f"{ITEM}sporsmal/<uuid:question>/", agenda.answer, "question-answer", methods=POST, kind="agenda_question"),
]
