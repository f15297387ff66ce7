import { button as makeButton, h } from "./dom.js";
import { startLink } from "./entities.js";
import { icon } from "./icons.js";
import { texts } from "./texts.js";

/** The buttons under a message; a pressed one waits, marked busy, until the bot answers. */
export function inlineKeyboard(message, talk) {
  const keyboard = h("div", { class: "inline-keyboard", role: "group", "aria-label": texts.reply_keyboard });
  message.inline.forEach((row, rowIndex) => {
    const buttons = row.map((button, col) => draw(button, { message, row: rowIndex, col }, talk));
    keyboard.append(h("div", { class: "key-row" }, buttons));
  });
  return keyboard;
}

function draw(button, at, talk) {
  const focus = `key${at.row}.${at.col}`;
  if (button.url) return urlButton(button, focus, talk);
  const element = makeButton("key", () => press(button, at, talk), h("span", {}, button.text), { dataset: { focus } });
  const { person, chat, presses } = talk;
  showBusy(element, presses.isWaiting(person.id, chat.id, at.message.id, at.row, at.col));
  return element;
}

function urlButton(button, focus, talk) {
  const address = new URL(button.url);
  const open = (event) => talk.link(event, address);
  const outside = { href: address.href, target: "_blank", rel: "noopener noreferrer" };
  const sign = startLink(address) ? null : icon("external");
  return h("a", { class: "key", ...outside, onclick: open, dataset: { focus } }, h("span", {}, button.text), sign);
}

function press(button, { message, row, col }, talk) {
  const { person, chat, presses } = talk;
  if (presses.isWaiting(person.id, chat.id, message.id, row, col)) return;
  if (!talk.act("press", { message_id: message.id, row, col })) return;
  presses.start({ person: person.id, chat: chat.id, message: message.id, row, col, data: button.data });
}

/** Marks a button as waiting for its answer, or no longer. */
export function showBusy(element, busy) {
  element.classList.toggle("busy", busy);
  if (busy) element.setAttribute("aria-busy", "true");
  else element.removeAttribute("aria-busy");
  element.title = busy ? texts.waiting : "";
}
