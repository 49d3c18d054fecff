// The open chat's timeline: keyed bubbles, date separators, staying at the bottom, jumping to a reply's target.
import * as api from "./api.js";
import { arrange, h, perFrame } from "./dom.js";
import { icon } from "./icons.js";
import { MessageView, authorOf } from "./message.js";
import { day, sameDay } from "./time.js";
import { attempt } from "./toast.js";

const FIRST_LOAD = 200;
const GROUP_MS = 5 * 60_000;
const NEAR_PX = 80;

export class Conversation {
  root;
  #store;
  #actions;
  #views = new Map();
  #pills = new Map();
  #days = new Map();
  #scroller;
  #list;
  #empty;
  #jump;
  #shown;
  #missed = 0;
  #known = new Set();
  #partial = false;
  /** Targets of replies that are older than what is loaded. */
  #targets = new Map();
  #sync = perFrame(() => this.#render());

  constructor(store, actions) {
    this.#store = store;
    this.#actions = { ...actions, jump: (id) => this.jumpTo(id) };
    this.#list = h("div.messages", { role: "log", "aria-label": "Messages", "aria-live": "polite" });
    this.#empty = h("div.empty", null, h("span.pill", null, "No messages here yet"));
    this.#scroller = h("div.timeline.scroll", { onscroll: () => this.#scrolled() });
    this.#jump = h(
      "button.icon-button.jump",
      { type: "button", "aria-label": "To the newest message", hidden: true, onclick: () => this.toBottom() },
      icon("down"),
    );
    this.root = [this.#scroller, this.#jump];
    this.#list.addEventListener("keydown", (event) => this.#walk(event));
    new ResizeObserver(() => this.#atBottom && this.toBottom()).observe(this.#scroller);
    this.#list.addEventListener("load", () => this.#atBottom && this.toBottom(), true);
    store.on("messages", () => this.#sync());
    store.on("keys", () => this.#views.forEach((view) => view.refreshKeys()));
  }

  #atBottom = true;

  /** Shows the store's open chat from its end. */
  async show() {
    const { open, thread, me } = this.#store;
    const shown = `${open}/${thread}/${me}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#views.clear();
    this.#known.clear();
    this.#missed = 0;
    this.#atBottom = true;
    if (this.#store.chat() && !this.#store.messages.has(open)) await this.#load(open, FIRST_LOAD);
    this.#render();
    this.toBottom();
  }

  /** Forgets what it has shown; the next `show` starts anew. */
  forget() {
    this.#shown = undefined;
    this.#targets.clear();
  }

  async #load(key, last) {
    this.#partial = (await this.#actions.load(key, last)) === last;
  }

  toBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  jumpTo(id) {
    const view = this.#views.get(id);
    if (!view) return;
    view.root.scrollIntoView({ block: "center", behavior: "smooth" });
    view.root.focus({ preventScroll: true });
    view.flash();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.#atBottom = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (this.#atBottom) this.#missed = 0;
    this.#showJump();
  }

  #showJump() {
    this.#jump.hidden = this.#atBottom;
    arrange(this.#jump, [
      this.#jump.firstChild,
      this.#missed > 0 && h("span.badge", null, this.#missed),
    ].filter(Boolean));
  }

  #render() {
    const messages = this.#store.timeline();
    const first = this.#known.size === 0;
    const days = [];
    messages.forEach((message, i) => {
      const before = messages[i - 1];
      if (!before || !sameDay(before.sent_at, message.sent_at)) {
        days.push({ section: this.#day(message), nodes: [this.#dayPill(message)] });
      }
      days.at(-1).nodes.push(this.#node(message, before, messages[i + 1]));
      if (!this.#known.has(message.message_id)) this.#arrived(message, first);
    });
    for (const { section, nodes } of days) arrange(section, nodes);
    const shown = days.map(({ section }) => section);
    if (this.#partial) shown.unshift(this.#earlier());
    const draft = this.#store.drafts.get(this.#store.open);
    if (draft) shown.push(this.#draft(draft));
    arrange(this.#list, shown);
    arrange(this.#scroller, [shown.length ? this.#list : this.#empty]);
    for (const old of this.#list.querySelectorAll(".message[tabindex='0']")) old.tabIndex = -1;
    days.at(-1)?.nodes.findLast((node) => node.matches(".message"))?.setAttribute("tabindex", "0");
    if (this.#atBottom) this.toBottom();
    this.#showJump();
  }

  #arrived(message, first) {
    this.#known.add(message.message_id);
    if (first) return;
    this.#views.get(message.message_id)?.root.classList.add("fresh");
    if (message.from?.id === this.#store.me) this.#atBottom = true;
    else if (!this.#atBottom) this.#missed++;
  }

  #node(message, before, after) {
    if (message.service) return this.#pill(`s${message.message_id}`, "pill", message.service);
    const joins = (a, b) =>
      a && b && !a.service && !b.service && authorOf(a).id === authorOf(b).id &&
      sameDay(a.sent_at, b.sent_at) && Math.abs(b.sent_at - a.sent_at) < GROUP_MS;
    const place = {
      out: authorOf(message).id === this.#store.me,
      first: !joins(before, message),
      last: !joins(message, after) || Boolean(message.reply_markup?.inline_keyboard),
      group: this.#store.chat()?.type !== "private",
    };
    const target = message.reply_to ? this.#target(message.reply_to) : undefined;
    let view = this.#views.get(message.message_id);
    if (!view) {
      view = new MessageView(this.#store, this.#actions, message);
      this.#views.set(message.message_id, view);
    }
    view.update(message, place, target);
    return view.root;
  }

  /** A reply's target that was not loaded is fetched once. */
  #target(id) {
    const chat = this.#store.open;
    const known = this.#store.find(chat, id);
    const key = `${chat}/${id}`;
    if (known || this.#targets.has(key)) return known ?? this.#targets.get(key);
    this.#targets.set(key, undefined);
    const keep = (message) => {
      this.#targets.set(key, message);
      this.#sync();
    };
    api.message(chat, id).then(keep, () => {});
    return undefined;
  }

  #day(message) {
    const key = new Date(message.sent_at).toDateString();
    if (!this.#days.has(key)) this.#days.set(key, h("section.day-group"));
    return this.#days.get(key);
  }

  #dayPill(message) {
    const text = day(message.sent_at, this.#store.now());
    return this.#pill(`d${new Date(message.sent_at).toDateString()}`, "pill day", text);
  }

  #pill(key, classes, text) {
    const pill = this.#pills.get(key) ?? h("div", { class: classes, dir: "auto" });
    if (pill.textContent !== text) pill.textContent = text;
    this.#pills.set(key, pill);
    return pill;
  }

  #draft(draft) {
    return h(
      "article.message.in.first.last.draft",
      { "aria-label": "Draft" },
      h("div.body", null, h("div.bubble", null, h("div.text", { dir: "auto" }, draft.text || "Thinking…"))),
    );
  }

  #earlier() {
    const all = () =>
      attempt(async () => {
        await this.#load(this.#store.open);
        this.#partial = false;
        this.#render();
      });
    return h("button.pill.earlier", { type: "button", onclick: all }, "Show earlier messages");
  }

  /** Arrow keys walk from bubble to bubble; Enter opens the menu, r replies. */
  #walk(event) {
    const at = event.target;
    if (!at.matches(".message")) return;
    const message = this.#store.find(this.#store.open, Number(at.dataset.messageId));
    const all = [...this.#list.querySelectorAll(".message:not(.draft)")];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) {
      event.preventDefault();
      all[all.indexOf(at) + step]?.focus();
    } else if (event.key === "r" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#actions.reply(message);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#actions.menu(message, at.querySelector(".bubble"));
    }
  }
}
