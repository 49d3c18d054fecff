import { h } from "./dom.js";

function open(dialog) {
  const back = document.activeElement;
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    back?.focus?.({ preventScroll: true });
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.showModal();
}

export function tell(title, ...content) {
  const dialog = h(
    "dialog",
    { "aria-label": title },
    h("h2", null, title),
    content.map((part) => (typeof part === "string" ? h("p", { dir: "auto" }, part) : part)),
    h("div.actions", null, h("button.button.primary", { type: "button", onclick: () => dialog.close() }, "OK")),
  );
  open(dialog);
}

function control({ name, value = "", options, multiple, required, placeholder }) {
  if (multiple) {
    return h("div.checks.scroll", null, options.map((option) =>
      h("label", null,
        h("input", { type: "checkbox", name, value: option.value, checked: option.on }),
        h("span.ellipsis", { dir: "auto" }, option.label))));
  }
  if (options) {
    return h("select", { name }, options.map((option) => h("option", { value: option.value }, option.label)));
  }
  return h("input", { name, value, required, placeholder, dir: "auto", autocomplete: "off" });
}

/** Asks for a few values: fields are {name, label, value?, required?, options?, multiple?}. Undefined when given up. */
export function ask(title, fields, verb = "Create") {
  const { promise, resolve } = Promise.withResolvers();
  const form = h("form", { method: "dialog" },
    h("h2", null, title),
    fields.map((field) =>
      h(field.multiple ? "div.field" : "label.field", null, h("span", null, field.label), control(field))),
    h("div.actions", null,
      h("button.button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
      h("button.button.primary", null, verb)),
  );
  const dialog = h("dialog", { "aria-label": title, onclose: () => resolve(undefined) }, form);
  form.addEventListener("submit", () => {
    const data = new FormData(form);
    resolve(Object.fromEntries(fields.map(({ name, multiple }) =>
      [name, multiple ? data.getAll(name) : String(data.get(name)).trim()])));
  });
  open(dialog);
  form.querySelector("input, select")?.focus();
  return promise;
}
