/** The control API (docs/sim.md). A refusal is an Error whose message says what to do. */

async function reply(response) {
  const text = await response.text();
  let value;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    value = { error: text };
  }
  if (!response.ok) throw new Error(value.error ?? `The simulator answered ${response.status}.`);
  return value;
}

export const get = async (path) => reply(await fetch(path, { cache: "no-store" }));

export const post = async (path, body = {}) =>
  reply(
    await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

const chatPath = (key) => `/sim/chats/${encodeURIComponent(key)}/messages`;

export const state = () => get("/sim/state");
export const messages = (key, last) => get(chatPath(key) + (last ? `?last=${last}` : ""));
export const message = (key, id) => get(`${chatPath(key)}/${id}`);
export const calls = (since, limit) => get(`/sim/calls?since=${since}&limit=${limit}`);

export const say = (body) => post("/sim/say", body);
export const press = (body) => post("/sim/press", body);
export const edit = (chat, messageId, text) =>
  post("/sim/edit", { chat, message_id: messageId, text });
export const remove = (chat, messageId, unnoticed) =>
  post("/sim/delete", { chat, message_id: messageId, ...(unnoticed && { unnoticed }) });
export const react = (chat, messageId, from, emoji) =>
  post("/sim/react", { chat, message_id: messageId, from, ...(emoji && { emoji }) });
