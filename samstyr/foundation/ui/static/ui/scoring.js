/* The sheet by keyboard: a digit chooses that level and goes on. The page works without this. */
(() => {
  "use strict";
  function groups() {
    return [...document.querySelectorAll("[data-levels]:not([disabled])")];
  }
  function focusOf(group) {
    return group?.querySelector("input:checked") ?? group?.querySelector("input");
  }
  document.addEventListener("keydown", (event) => {
    const group = event.target.closest?.("[data-levels]");
    if (group && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const chosen = group.querySelectorAll("input")[Number(event.key) - 1];
      if (!chosen) return;
      event.preventDefault();
      if (!chosen.checked) {
        chosen.checked = true;
        chosen.dispatchEvent(new Event("input", { bubbles: true }));
        chosen.dispatchEvent(new Event("change", { bubbles: true }));
      }
      const all = groups();
      (focusOf(all[all.indexOf(group) + 1]) ?? chosen).focus();
      return;
    }
    const ways = { n: "next", p: "prev" };
    const way = event.altKey && !event.ctrlKey && ways[event.key.toLowerCase()];
    const link = way && document.querySelector(`[data-browse] a[rel="${way}"]`);
    if (link) { event.preventDefault(); link.click(); }
  });
})();
