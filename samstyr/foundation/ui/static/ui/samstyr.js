/* What JavaScript adds. Every page works without it: forms are sent, links lead somewhere, menus are <details>. */
(() => {
  "use strict";
  const texts = () => document.getElementById("texts")?.dataset ?? {};

  /** Say something to a screen reader without moving focus. */
  function announce(sentence) {
    const region = document.getElementById("live");
    if (!region || !sentence) return;
    region.textContent = "";
    window.setTimeout(() => { region.textContent = sentence; }, 60);
  }

  /* Submit once. The server has its own guard (_key); this one spares people the wait and the doubt. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    delete form.dataset.dirty;
    const pressed = event.submitter;
    window.setTimeout(() => {
      if (!form.dataset.sent || !pressed) return;
      pressed.setAttribute("aria-busy", "true");
      announce(texts().sending);
    }, 400);
  });
  function reopen(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((one) => one.removeAttribute("aria-busy"));
  }
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(reopen));

  /* A greyed button tells why beside it; pressing it does nothing. */
  document.addEventListener("click", (event) => {
    if (event.target.closest?.('[aria-disabled="true"]')) { event.preventDefault(); event.stopPropagation(); }
  }, true);

  /* Ask before what cannot be undone: <button data-confirm="…?">. Capturing, so that it comes before htmx. */
  document.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    const question = pressed?.dataset.confirm;
    const dialog = document.getElementById("confirm");
    if (!question || pressed.dataset.confirmed || !dialog?.showModal) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    dialog.querySelector("h2").textContent = question;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") { pressed.focus(); return; }
      pressed.dataset.confirmed = "1";
      event.target.requestSubmit(pressed);
      delete pressed.dataset.confirmed;
    }, { once: true });
    dialog.showModal();
  }, true);

  /* Warn before leaving with text that is not saved. */
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && "unsaved" in form.dataset) form.dataset.dirty = "1";
    count(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-dirty]")) event.preventDefault();
  });

  /* Characters left. Spoken only when few are left, and not at every key. */
  let spoken = 0;
  function count(field) {
    const limit = Number(field.dataset?.counter);
    const place = limit && document.querySelector(`[data-counter-for="${CSS.escape(field.id)}"]`);
    if (!place) return;
    const left = limit - field.value.length;
    const sentence = `${Math.abs(left).toLocaleString("nb-NO")} ${left < 0 ? texts().over : texts().left}`;
    place.textContent = sentence;
    place.toggleAttribute("data-over", left < 0);
    window.clearTimeout(spoken);
    if (left < limit / 10) spoken = window.setTimeout(() => announce(sentence), 1000);
  }

  /* Menus close by Escape, by a click outside and when focus leaves. */
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest?.("details[data-menu][open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });
  function closeOthers(target) {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(target)) menu.open = false;
    });
  }
  document.addEventListener("click", (event) => closeOthers(event.target));
  document.addEventListener("focusin", (event) => closeOthers(event.target));

  /* Tables that turn into cards lose their roles with display:block; give them back. */
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
  function prepare(root) {
    root.querySelectorAll(".table-cards").forEach((table) => {
      [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, td, th")].forEach((part) => {
        const role = ROLES[part.tagName] ?? (part.scope === "row" ? "rowheader" : "columnheader");
        part.setAttribute("role", role);
      });
    });
    root.querySelectorAll("[data-counter]").forEach(count);
    const frames = root.querySelectorAll(".table-frame, .phases, .tabs");
    frames.forEach((frame) => sizes.observe(frame));
  }

  /* What can be scrolled must be reached by keyboard; whether it can be changes with the window. */
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });

  /* After a swap: focus what asks for it, and say what has happened. */
  document.addEventListener("htmx:afterSettle", (event) => {
    const root = event.detail.elt ?? document.body;
    prepare(root.parentElement ?? root);
    const wanted = root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]");
    if (wanted) wanted.focus();
    const said = root.matches?.("[data-announce]") ? root : root.querySelector?.("[data-announce]");
    announce(said ? said.dataset.announce : event.detail.target?.dataset?.announceDefault ?? texts().updated);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (form) reopen(form);
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => announce(texts().failed));
  }

  function start() {
    document.documentElement.dataset.js = "";
    prepare(document);
    document.querySelector("[data-focus]")?.focus();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
