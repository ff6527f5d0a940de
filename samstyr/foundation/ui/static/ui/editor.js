/* The model editor: a choice that changes which fields there are shows them at once; Enter in a name adds the thing. The
   page works without this: each choice has a button of its own, and everything is saved by the form. */
(() => {
  "use strict";
  const form = document.getElementById("editor-form");
  if (!form) return;
  function press(value) {
    const button = document.createElement("button");
    button.type = "submit";
    button.name = "op";
    button.value = value;
    button.hidden = true;
    form.append(button);
    form.requestSubmit(button);
    button.remove();
  }
  document.addEventListener("change", (event) => {
    if (event.target.form !== form) return;
    if ("add" in event.target.dataset) event.stopPropagation();
    const place = event.target.dataset.refresh;
    if (place === undefined) return;
    event.stopPropagation();
    press(`refresh|${place}`);
  }, true);
  document.addEventListener("input", (event) => {
    if (event.target.form === form && ("add" in event.target.dataset || "refresh" in event.target.dataset)) event.stopPropagation();
  }, true);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !("add" in (event.target.dataset ?? {}))) return;
    event.preventDefault();
    event.target.parentElement.querySelector("button").click();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form && event.detail.successful) delete form.dataset.dirty;
  });
})();
