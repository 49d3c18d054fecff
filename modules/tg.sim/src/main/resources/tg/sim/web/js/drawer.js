// For developers: recent calls of the Bot API, planned faults, the clock.
import * as api from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { full, seconds } from "./time.js";
import { attempt, toast } from "./toast.js";

const POLL_MS = 1_000;
const SHOWN = 200;
const KINDS = ["429", "400", "500", "502html", "hang", "closeBefore", "closeAfter", "empty", "garbage", "slow"];
const METHODS = ["", "sendMessage", "editMessageText", "getUpdates", "sendChatAction", "answerCallbackQuery", "deleteMessage"];
const MINUTE = 60_000;

export class Drawer {
  #root;
  #app;
  #store;
  #calls;
  #faults;
  #clock;
  #flood;
  #since = 0;
  #timer;

  constructor(root, app, store) {
    this.#root = root;
    this.#app = app;
    this.#store = store;
    this.#calls = h("ol.scroll", { tabindex: "0", "aria-label": "Recent calls, newest first" });
    this.#faults = h("ul.faults");
    this.#clock = h("output");
    this.#flood = h("input", { type: "checkbox", onchange: () => this.#setFlood() });
    const close = h("button.icon-button", { type: "button", "aria-label": "Close developer tools", onclick: () => this.toggle() }, icon("close"));
    root.append(
      h("header.bar", null, h("h2.grow", null, "Developer"), close),
      this.#faultSection(),
      this.#clockSection(),
      h("section.calls", null, h("h3", null, "Bot API calls"), this.#calls),
    );
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle());
  }

  toggle() {
    const opening = this.#root.hidden;
    this.#root.hidden = !opening;
    this.#app.classList.toggle("with-drawer", opening);
    clearInterval(this.#timer);
    if (!opening) return;
    this.#root.querySelector("button").focus();
    this.#refresh();
    this.#timer = setInterval(() => document.hidden || this.#refresh(), POLL_MS);
  }

  reset(flood) {
    this.#since = 0;
    this.#flood.checked = flood;
    this.#calls.replaceChildren();
  }

  async #refresh() {
    try {
      await this.#moreCalls();
      this.#showFaults((await api.get("/sim/faults")).faults);
    } catch {
      // The connection line tells the person; the next turn tries again.
    }
    this.#clock.value = full(this.#store.now());
  }

  async #moreCalls() {
    if (this.#since === 0) this.#since = Math.max(0, (await api.get("/sim/stats")).calls - SHOWN);
    const { calls, next } = await api.calls(this.#since, SHOWN);
    this.#since = next;
    this.#calls.prepend(...calls.map((call) => this.#call(call)).reverse());
    while (this.#calls.childElementCount > SHOWN) this.#calls.lastChild.remove();
  }

  #call(call) {
    const bad = call.status >= 400 || call.fault;
    const notes = [call.fault && `planned fault: ${call.fault}`, call.flood && "flood limit", call.description];
    return h("li", null,
      h(`details${bad ? ".bad" : ""}`, null,
        h("summary", null,
          h("time", { title: full(call.at) }, seconds(call.at)),
          h("span.ellipsis", null, call.method),
          h("span.code", null, call.status || "—"),
          h("span", null, `${call.duration_ms.toFixed(call.duration_ms < 100 ? 1 : 0)} ms`)),
        h("pre", null, [...notes.filter(Boolean), JSON.stringify(call.params, null, 2)].join("\n"))));
  }

  #faultSection() {
    const number = (name, label, value) =>
      h("label.field", null, h("span", null, label), h("input", { name, value, type: "number", min: "0" }));
    const choice = (name, label, values) =>
      h("label.field", null, h("span", null, label),
        h("select", { name }, values.map((value) => h("option", { value }, value || "any method"))));
    const form = h("form", { onsubmit: (event) => this.#plan(event) },
      choice("kind", "Fault", KINDS), choice("method", "Method", METHODS),
      number("nth", "From call no.", 1), number("times", "Times (0 = always)", 1),
      number("seconds", "Retry after (s), 429", 5), number("ms", "Delay (ms), hang, slow", 2_000),
      h("button.button.primary.wide", null, "Plan the fault"));
    const limits = h("div.checks", null, h("label", null, this.#flood, h("span", null, "Enforce Telegram's flood limits")));
    return h("section", null, h("h3", null, "Faults"), form, this.#faults, limits);
  }

  async #plan(event) {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(event.target));
    const fault = { kind: data.kind, nth: Number(data.nth), times: Number(data.times) };
    if (data.method) fault.method = data.method;
    if (data.kind === "429") fault.seconds = Number(data.seconds);
    if (["hang", "slow"].includes(data.kind)) fault.ms = Number(data.ms);
    if (await attempt(() => api.post("/sim/faults", fault))) this.#refresh();
  }

  #showFaults(faults) {
    const rows = faults.map((fault) => {
      const clear = () => attempt(async () => this.#showFaults((await api.post("/sim/faults/clear", { id: fault.id })).faults));
      return h("li", null,
        h("span", null, `${fault.kind} · ${fault.method ?? "any method"} · no. ${fault.nth ?? 1} · ${fault.times === 0 ? "always" : `${fault.times ?? 1}×`}`),
        h("button.icon-button", { type: "button", "aria-label": "Clear this fault", onclick: clear }, icon("close")));
    });
    fill(this.#faults, faults, () => rows);
  }

  async #setFlood() {
    const on = this.#flood.checked;
    if (!(await attempt(() => api.post("/sim/flood", { on })))) this.#flood.checked = !on;
  }

  #clockSection() {
    const forward = (label, ms) => {
      const onclick = () => attempt(async () => {
        const { now_at: now } = await api.post("/sim/clock", { advance_ms: ms });
        this.#store.setNow(now);
        this.#clock.value = full(now);
        toast(`The clock went forward by ${label.slice(1)}`);
      });
      return h("button.button", { type: "button", onclick }, label);
    };
    const reset = () => attempt(() => api.post("/sim/reset"));
    return h("section", null, h("h3", null, "Clock"),
      h("div.clock", null, this.#clock,
        forward("+1 min", MINUTE), forward("+1 h", 60 * MINUTE), forward("+25 h", 25 * 60 * MINUTE),
        h("button.button.danger", { type: "button", onclick: reset }, "Reset")));
  }
}
