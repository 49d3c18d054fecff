const LOCALE = "en-GB";
const CLOCK = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const SECONDS = new Intl.DateTimeFormat(LOCALE, { timeStyle: "medium" });
const WEEKDAY = new Intl.DateTimeFormat(LOCALE, { weekday: "short" });
const DAY = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long" });
const DATE = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", year: "numeric" });
const SHORT = new Intl.DateTimeFormat(LOCALE, { day: "2-digit", month: "2-digit", year: "2-digit" });
const FULL = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "medium" });
const DAY_MS = 86_400_000;

export const clock = (at) => CLOCK.format(at);
export const seconds = (at) => SECONDS.format(at);
export const full = (at) => FULL.format(at);
export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

export function day(at, now) {
  if (sameDay(at, now)) return "Today";
  if (sameDay(at, now - DAY_MS)) return "Yesterday";
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (thisYear ? DAY : DATE).format(at);
}

/** As short as a row of the chat list wants it. */
export function brief(at, now) {
  if (sameDay(at, now)) return clock(at);
  return now - at < 6 * DAY_MS ? WEEKDAY.format(at) : SHORT.format(at);
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
