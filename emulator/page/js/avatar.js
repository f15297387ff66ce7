import { h, hash } from "./dom.js";

const HUES = [4, 28, 150, 190, 214, 262, 330];

/** A hue in degrees that stays a name's own, for avatars and for names in groups. */
export const hueOf = (id) => HUES[hash(id) % HUES.length];

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
