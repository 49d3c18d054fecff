// Applies the simulator's events to the store.
import * as api from "./api.js";

export class World {
  #store;
  #reload;
  #alert;
  #holds = 0;
  #held = [];
  #handlers = {
    message: ({ message }) => this.#added(message),
    edited: ({ message }) => this.#changed(message),
    deleted: ({ message }) => this.#deleted(message),
    reaction: ({ message }) => this.#changed(message),
    read: (event) => this.#read(event),
    action: (action) => this.#store.setAction(action),
    draft: (draft) => this.#store.setDraft(draft),
    callback: () => {},
    callback_answered: (callback) => this.#answered(callback),
    chat: ({ chat }) => this.#put(this.#store.chats, chat.chat, chat),
    user: ({ user }) => this.#put(this.#store.users, user.id, user),
    bot: ({ bot }) => this.#put(this.#store.bots, bot.id, bot),
    reset: () => this.#reload(),
    resync: () => this.#reload(),
  };

  /** `reload` gets the whole state again; `alert` shows what a bot answered to a pressed button. */
  constructor(store, reload, alert) {
    this.#store = store;
    this.#reload = reload;
    this.#alert = alert;
  }

  apply(name, data) {
    if (this.#holds > 0) this.#held.push([name, data]);
    else this.#handlers[name](data);
  }

  /**
   * Runs `work`, which loads something, with the events held back until it is done: what they tell may be older or
   * newer than what is loaded, and applying all of them afterwards, in order, is right in both cases.
   */
  async hold(work) {
    this.#holds++;
    try {
      return await work();
    } finally {
      this.#holds--;
      if (this.#holds === 0) for (const [name, data] of this.#held.splice(0)) this.apply(name, data);
    }
  }

  async #meet(key) {
    const { chat } = await api.messages(key, 1);
    this.#put(this.#store.chats, key, chat);
  }

  #added(message) {
    const store = this.#store;
    if (message.sent_at > store.now()) store.setNow(message.sent_at);
    const chat = store.chat(message.chat);
    if (chat) chat.last = message;
    else this.#meet(message.chat);
    store.add(message);
    store.countUnread(message);
    if (message.from?.is_bot) {
      store.endAction(message.chat, message.from.id);
      store.endDraft(message.chat, message.from.id);
    }
    this.#announce(message.chat);
  }

  #changed(message) {
    const chat = this.#store.chat(message.chat);
    if (chat?.last?.message_id === message.message_id) chat.last = message;
    this.#store.change(message);
    this.#announce(message.chat);
  }

  async #deleted(message) {
    const store = this.#store;
    store.change(message);
    this.#announce(message.chat);
    if (store.chat(message.chat)?.last?.message_id !== message.message_id) return;
    await this.#meet(message.chat);
  }

  #read({ chat, message_id: id, bot }) {
    const mark = (message) => {
      if (!message || message.read_by?.includes(bot)) return;
      message.read_by = [...(message.read_by ?? []), bot];
    };
    mark(this.#store.find(chat, id));
    const last = this.#store.chat(chat)?.last;
    if (last?.message_id === id) mark(last);
    this.#announce(chat);
  }

  #answered(callback) {
    const store = this.#store;
    for (const [key, id] of store.pressed) {
      if (id === callback.id) store.pressed.delete(key);
    }
    store.emit("keys", callback.id);
    if (callback.from === store.me) this.#alert(callback);
  }

  #put(map, key, value) {
    map.set(key, value);
    this.#store.emit("list");
    if (map === this.#store.chats && key !== this.#store.open) return;
    this.#store.emit("header");
    if (map === this.#store.chats && !this.#store.messages.has(key)) this.#store.emit("appeared", key);
  }

  #announce(key) {
    this.#store.emit("list");
    if (key === this.#store.open) this.#store.emit("messages", key);
  }
}
