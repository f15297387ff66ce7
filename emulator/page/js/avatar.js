import { h } from "./dom.js";

const HUES = [214, 28, 150, 330, 262, 190, 4];

/** A hue in degrees that stays an account's or a chat's own, for pictures and for names in groups. */
export const hueOf = (id) => HUES[Math.abs(id) % HUES.length];

/** A round picture with a name's initials. */
export function avatar(id, name, size = "") {
  const initials = name
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 2)
    .map((word) => word.match(/[\p{L}\p{N}]/u)[0].toUpperCase());
  const circle = h("span", { class: `avatar ${size}`, "aria-hidden": "true" }, initials.join(""));
  circle.style.setProperty("--hue", hueOf(id));
  return circle;
}

/** A chat's picture: the bot's own in a private chat, the group's otherwise. */
export const chatAvatar = (chat, name, size) => avatar(chat.kind === "private" ? chat.bot?.id : chat.id, name, size);
