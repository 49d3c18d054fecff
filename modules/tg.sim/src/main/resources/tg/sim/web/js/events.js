/**
 * The event stream. It knows the id of the last event it handed on, and opens again from there:
 * a broken connection loses nothing and repeats nothing.
 */
const NAMES = [
  "message", "edited", "deleted", "read", "reaction", "action", "draft",
  "callback", "callback_answered", "chat", "user", "bot", "reset", "resync",
];
const FIRST_RETRY_MS = 300;
const LONGEST_RETRY_MS = 5_000;

export class Feed {
  #onEvent;
  #onStatus;
  #source;
  #last = 0;
  #retry = FIRST_RETRY_MS;

  constructor(onEvent, onStatus) {
    this.#onEvent = onEvent;
    this.#onStatus = onStatus;
  }

  open(since) {
    this.#source?.close();
    this.#last = since;
    const source = new EventSource(`/sim/events?since=${since}`);
    this.#source = source;
    source.onopen = () => {
      this.#retry = FIRST_RETRY_MS;
      this.#onStatus(true);
    };
    source.onerror = () => this.#again(source);
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        // The browser reports a broken connection under this name too, without data.
        if (source === this.#source && event.data !== undefined) this.#take(name, event);
      });
    }
  }

  close() {
    this.#source?.close();
    this.#source = undefined;
  }

  #take(name, event) {
    const id = Number(event.lastEventId);
    if (name !== "resync" && id && id <= this.#last) return;
    if (id) this.#last = id;
    this.#onEvent(name, JSON.parse(event.data));
  }

  #again(source) {
    if (source !== this.#source) return;
    source.close();
    this.#onStatus(false);
    const wait = this.#retry;
    this.#retry = Math.min(wait * 2, LONGEST_RETRY_MS);
    setTimeout(() => source === this.#source && this.open(this.#last), wait);
  }
}
