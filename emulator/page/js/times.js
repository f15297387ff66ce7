import { texts } from "./texts.js";

const clockFormat = new Intl.DateTimeFormat("es", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayFormat = new Intl.DateTimeFormat("es", { day: "numeric", month: "long" });
const yearFormat = new Intl.DateTimeFormat("es", { day: "numeric", month: "long", year: "numeric" });
const shortFormat = new Intl.DateTimeFormat("es", { day: "2-digit", month: "2-digit" });

/** "10:42" of a time in seconds since the epoch. */
export const clock = (seconds) => clockFormat.format(seconds * 1000);

/** One text per calendar day, to tell days apart. */
export const dayKey = (seconds) => new Date(seconds * 1000).toDateString();

/** "Hoy", "Ayer", "24 de noviembre", or with the year when it isn't this one. */
export function dayLabel(seconds, now = Date.now()) {
  const day = dayKey(seconds);
  if (day === new Date(now).toDateString()) return texts.today;
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === yesterday.toDateString()) return texts.yesterday;
  const sameYear = new Date(seconds * 1000).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayFormat : yearFormat).format(seconds * 1000);
}

/** The clock today, the date before: what a list of chats shows. */
export function shortTime(seconds, now = Date.now()) {
  const today = dayKey(seconds) === new Date(now).toDateString();
  return today ? clock(seconds) : shortFormat.format(seconds * 1000);
}

/** "0:07" of a length in seconds. */
export const duration = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
