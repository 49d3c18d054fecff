// The left side: who I am, search, my chats.
import { avatar } from "./avatar.js";
import { arrange, h, perFrame } from "./dom.js";
import { icon, ticks } from "./icons.js";
import { summary } from "./media.js";
import { openMenu } from "./menu.js";
import { brief, full } from "./time.js";
import { doing } from "./typing.js";

export class ChatList {
  root;
  #store;
  #actions;
  #me;
  #list;
  #rows = new Map();
  #filter = "";

  /** actions: {open(key), be(user), create(at), developer()}. */
  constructor(store, actions) {
    this.#store = store;
    this.#actions = actions;
    this.#me = h("button.me", {
      type: "button", "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: () => this.#chooseMe(),
    });
    this.#list = h("ul.chats.scroll", { onkeydown: (event) => this.#walk(event) });
    const search = h("input", {
      type: "search", placeholder: "Search", "aria-label": "Search chats", dir: "auto",
      oninput: (event) => {
        this.#filter = event.target.value.trim().toLowerCase();
        this.render();
      },
    });
    this.root = [
      h("header.bar", null, this.#me, this.#button("plus", "New…", actions.create),
        this.#button("code", "Developer tools", actions.developer)),
      h("div.search", null, search),
      this.#list,
    ];
    const later = perFrame(() => this.render());
    for (const topic of ["list", "open", "action"]) store.on(topic, later);
  }

  #button(name, label, run) {
    const onclick = (event) => run(event.currentTarget);
    return h("button.icon-button", { type: "button", "aria-label": label, title: label, onclick }, icon(name));
  }

  #chooseMe() {
    const items = [...this.#store.users.values()].map((user) => ({
      label: nameOf(user),
      lead: small(avatar(user.id, nameOf(user))),
      checked: user.id === this.#store.me,
      count: user.id === this.#store.me ? 0 : this.#store.unreadOf(user.id),
      run: () => this.#actions.be(user.id),
    }));
    openMenu(this.#me, items, "Who are you?");
  }

  render() {
    const { users, me } = this.#store;
    const name = users.has(me) ? nameOf(users.get(me)) : "Nobody";
    if (this.#me.dataset.name !== `${me}${name}`) {
      this.#me.dataset.name = `${me}${name}`;
      this.#me.replaceChildren(
        avatar(me ?? 0, name),
        h("span.grow.ellipsis", null, h("strong.ellipsis", { dir: "auto" }, name), h("small", null, "you · switch person")),
      );
    }
    const chats = this.#store.mine().filter((chat) =>
      this.#store.face(chat).name.toLowerCase().includes(this.#filter),
    );
    arrange(this.#list, chats.length ? chats.map((chat) => this.#row(chat)) : [this.#nothing()]);
    const unread = this.#store.unreadOf(me);
    document.title = `${unread ? `(${unread}) ` : ""}Chats · tg.sim`;
  }

  #nothing() {
    const text = this.#filter
      ? "No chat has this name."
      : "No bot yet. Start one with its API address set to this page's, and it appears here.";
    return h("li.nothing", null, text);
  }

  #row(chat) {
    const open = chat.chat === this.#store.open;
    const face = this.#store.face(chat);
    const action = this.#store.actionIn(chat.chat);
    const look = JSON.stringify([face.name, face.id, chat.last, open, action?.action, this.#store.unread(chat.chat), this.#store.me]);
    const old = this.#rows.get(chat.chat);
    if (old?.look === look) return old.node;
    const button = old?.node.firstChild ?? h("button.chat", {
      type: "button", "data-chat": chat.chat, onclick: () => this.#actions.open(chat.chat),
    });
    button.setAttribute("aria-current", String(open));
    arrange(button, [
      avatar(face.id, face.name, face.forum),
      h("span.lines", null, this.#top(chat, face), this.#bottom(chat, action)),
    ]);
    const node = old?.node ?? h("li", null, button);
    this.#rows.set(chat.chat, { look, node });
    return node;
  }

  #top(chat, face) {
    const last = chat.last;
    const own = last?.from?.id === this.#store.me && !last.service;
    return h("span.row", null,
      h("span.title.ellipsis", { dir: "auto" }, face.name),
      own && ticks(last.read_by?.length > 0),
      last && h("time", { title: full(last.sent_at) }, brief(last.sent_at, this.#store.now())),
    );
  }

  #bottom(chat, action) {
    const unread = this.#store.unread(chat.chat);
    return h("span.row", null,
      h("span.preview.ellipsis", { dir: "auto" }, this.#preview(chat, action)),
      unread > 0 && h("span.badge", { "aria-label": `${unread} unread` }, unread),
    );
  }

  #preview(chat, action) {
    if (action) return h("span.typing", null, doing(this.#store, chat, action));
    const last = chat.last;
    if (!last) return chat.type === "private" ? "Say hello" : "No messages yet";
    const who = last.from?.id === this.#store.me ? "You" : last.from?.name;
    const named = !last.service && who && (chat.type !== "private" || who === "You");
    return [named && h("b", null, `${who}: `), summary(last)];
  }

  #walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.#list.querySelectorAll(".chat")];
    all[all.indexOf(document.activeElement) + step]?.focus();
  }
}

export const nameOf = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

export function small(element) {
  element.style.setProperty("--size", "28px");
  return element;
}
