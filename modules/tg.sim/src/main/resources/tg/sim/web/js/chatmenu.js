// New people, bots, groups and topics, and what can be done to a chat.
import * as api from "./api.js";
import { nameOf } from "./chatlist.js";
import { ask } from "./dialogs.js";
import { openMenu } from "./menu.js";
import { attempt } from "./toast.js";

const people = (store, except = []) =>
  [...store.users.values()]
    .filter((user) => !except.includes(user.id))
    .map((user) => ({ value: user.id, label: nameOf(user), on: user.id === store.me }));

const robots = (store, except = []) =>
  [...store.bots.values()]
    .filter((bot) => !except.includes(bot.id))
    .map((bot) => ({ value: bot.id, label: bot.first_name, on: true }));

async function newPerson(actions) {
  const given = await ask("New person", [
    { name: "first_name", label: "First name", required: true },
    { name: "last_name", label: "Last name" },
    { name: "username", label: "Username" },
    { name: "language_code", label: "Language", placeholder: "en" },
  ]);
  if (!given) return;
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  await attempt(async () => actions.be((await api.post("/sim/users", filled)).id));
}

async function newBot() {
  const given = await ask("New bot", [
    { name: "token", label: "Token", required: true, value: "777:secret" },
    { name: "first_name", label: "Name" },
    { name: "username", label: "Username", placeholder: "ends in bot" },
  ]);
  if (!given) return;
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  await attempt(() => api.post("/sim/bots", filled));
}

async function newGroup(store, actions) {
  const given = await ask("New group", [
    { name: "title", label: "Title", required: true },
    { name: "kind", label: "Kind", options: [
      { value: "supergroup", label: "Supergroup" },
      { value: "forum", label: "Supergroup with topics" },
      { value: "group", label: "Basic group" },
      { value: "channel", label: "Channel" },
    ] },
    { name: "users", label: "People", options: people(store), multiple: true },
    { name: "bots", label: "Bots", options: robots(store), multiple: true },
  ]);
  if (!given) return;
  const forum = given.kind === "forum";
  await attempt(async () => {
    const chat = await api.post("/sim/chats", {
      type: forum ? "supergroup" : given.kind,
      title: given.title,
      ...(forum && { forum }),
      users: given.users.map(Number),
      bots: given.bots.map(Number),
    });
    store.chats.set(chat.chat, chat);
    actions.open(chat.chat);
  });
}

export async function newTopic(store, actions) {
  const given = await ask("New topic", [{ name: "name", label: "Name", required: true }]);
  if (!given) return;
  await attempt(async () => {
    const topic = await api.post("/sim/topics", { chat: store.open, name: given.name });
    actions.thread(topic.id);
  });
}

export function openCreateMenu(store, actions, at) {
  openMenu(at, [
    { label: "New group", icon: "group", run: () => newGroup(store, actions) },
    { label: "New person", icon: "user", run: () => newPerson(actions) },
    { label: "New bot", icon: "bot", run: () => newBot() },
  ], "New");
}

async function add(store, chat, what) {
  const options = what === "bot" ? robots(store, chat.bots) : people(store, chat.users);
  if (options.length === 0) return attempt(() => Promise.reject(new Error("Everybody is here already.")));
  const given = await ask(`Add a ${what === "bot" ? "bot" : "person"}`, [{ name: "who", label: "Who", options }], "Add");
  if (!given) return undefined;
  return attempt(() => api.post("/sim/add", { chat: chat.chat, [what]: Number(given.who) }));
}

const post = (path, body) => () => attempt(() => api.post(path, body));

function privateItems(chat) {
  const pair = { bot: chat.bots[0], user: chat.users[0] };
  return [
    chat.blocked
      ? { label: "Unblock the bot", icon: "check", run: post("/sim/unblock", pair) }
      : { label: "Block the bot", icon: "ban", danger: true, run: post("/sim/block", pair) },
  ];
}

function groupItems(store, actions, chat) {
  const key = chat.chat;
  const bots = chat.bots.map((id) => store.bots.get(id)).filter(Boolean);
  const admin = (bot) => chat.admins?.includes(bot.id) ?? false;
  return [
    chat.forum && { label: "New topic", icon: "hash", run: () => newTopic(store, actions) },
    { label: "Add a person", icon: "user", run: () => add(store, chat, "user") },
    { label: "Add a bot", icon: "bot", run: () => add(store, chat, "bot") },
    ...bots.flatMap((bot) => [
      {
        label: `${admin(bot) ? "Demote" : "Promote"} ${bot.first_name}`, icon: "bot",
        run: post("/sim/promote", { chat: key, bot: bot.id, admin: !admin(bot) }),
      },
      { label: `Remove ${bot.first_name}`, icon: "ban", danger: true, run: post("/sim/kick", { chat: key, bot: bot.id }) },
    ]),
    "-",
    chat.type === "group" && {
      label: "Upgrade to a supergroup", icon: "group",
      run: () => attempt(async () => {
        const next = await api.post("/sim/migrate", { chat: key });
        store.chats.set(next.chat, next);
        actions.open(next.chat);
      }),
    },
    { label: "Delete the group", icon: "trash", danger: true, run: post("/sim/dissolve", { chat: key }) },
  ];
}

export function openChatMenu(store, actions, at) {
  const chat = store.chat();
  openMenu(at, [
    ...(!chat ? [] : chat.type === "private" ? privateItems(chat) : groupItems(store, actions, chat)),
    { label: "Developer tools", icon: "code", run: actions.developer },
  ], "Chat");
}
