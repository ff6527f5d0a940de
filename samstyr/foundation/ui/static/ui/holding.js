/* A roll call by keyboard: j, m or a digit chooses, and the next name gets focus. The page works without this. */
(() => {
  "use strict";
  const letters = { j: 0, m: 1 };
  document.addEventListener("keydown", (event) => {
    const group = event.target.closest?.("[data-roll]");
    if (!group || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const at = key in letters ? letters[key] : /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
    const chosen = group.querySelectorAll("input")[at];
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = true;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    const all = [...document.querySelectorAll("[data-roll]")];
    const next = all[all.indexOf(group) + 1];
    (next ? next.querySelector("input:checked") ?? next.querySelector("input") : chosen).focus();
  });
})();
