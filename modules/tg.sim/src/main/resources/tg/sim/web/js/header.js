// The bar over a conversation: with whom, what they are doing, topics, and what can be done to the chat.
import { avatar } from "./avatar.js";
import { arrange, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { doing } from "./typing.js";

const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

export class Header {
  root;
  #store;
  #actions;
  #bar;
  #topics;

  /** actions: {back(), chatMenu(at), thread(id), newTopic()}. */
  constructor(store, actions) {
    this.#store = store;
    this.#actions = actions;
    this.#bar = h("header.bar");
    this.#topics = h("div.topics", { role: "group", "aria-label": "Topics", hidden: true });
    this.root = [this.#bar, this.#topics];
    for (const topic of ["header", "open"]) store.on(topic, () => this.render());
    store.on("action", (key) => key === store.open && this.render());
  }

  render() {
    const chat = this.#store.chat() ?? this.#store.mine().find((c) => c.chat === this.#store.open);
    this.#bar.hidden = !chat;
    this.#topics.hidden = !chat?.forum;
    if (!chat) return;
    const face = this.#store.face(chat);
    const action = this.#store.actionIn(chat.chat);
    const back = this.#bar.querySelector(".back") ?? this.#button("back", "Back to the chats", this.#actions.back);
    back.classList.add("back");
    const menu = this.#bar.querySelector(".chat-menu") ?? this.#button("more", "Chat menu", this.#actions.chatMenu);
    menu.classList.add("chat-menu");
    arrange(this.#bar, [
      back,
      avatar(face.id, face.name, face.forum),
      h("div.who.grow", null,
        h("strong.ellipsis", { dir: "auto" }, face.name),
        action
          ? h("small.typing.ellipsis", { role: "status" }, h("span.dots", null, h("i"), h("i"), h("i")), doing(this.#store, chat, action))
          : h("small.ellipsis", null, this.#about(chat, face)),
      ),
      menu,
    ]);
    if (chat.forum) this.#renderTopics(chat);
  }

  #about(chat, face) {
    if (chat.blocked) return "blocked";
    if (chat.dissolved) return "deleted group";
    if (chat.type === "private") return face.bot?.username ? `bot · @${face.bot.username}` : "bot";
    const kind = { channel: "channel, ", supergroup: "", group: "" }[chat.type];
    return `${kind}${count(chat.users.length, "member")}, ${count(chat.bots.length, "bot")}`;
  }

  #renderTopics(chat) {
    const topics = [{ id: undefined, name: "General" }, ...(chat.topics ?? [])];
    fill(this.#topics, [chat.chat, topics, this.#store.thread], () => this.#topicButtons(topics));
  }

  #topicButtons(topics) {
    const buttons = topics.map(({ id, name }) =>
      h("button",
        {
          type: "button", dir: "auto", "aria-pressed": String(id === this.#store.thread),
          onclick: () => this.#actions.thread(id),
        },
        name));
    const onclick = () => this.#actions.newTopic();
    return [...buttons, h("button", { type: "button", "aria-label": "New topic", onclick }, "+")];
  }

  #button(name, label, run) {
    const onclick = (event) => run(event.currentTarget);
    return h("button.icon-button", { type: "button", "aria-label": label, title: label, onclick }, icon(name));
  }
}
