import { h, moveFocus } from "./dom.js";
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
  keyboard.addEventListener("keydown", (event) => {
    const columns = Math.max(...message.inline.map((row) => row.length));
    if (moveFocus(event, [...keyboard.querySelectorAll("button, a")], { columns: Math.max(2, columns) })) event.stopPropagation();
  });
  return keyboard;
}

function draw(button, at, talk) {
  const focus = `key${at.row}.${at.col}`;
  if (button.url) return urlButton(button, focus, talk);
  const element = h(
    "button",
    { type: "button", class: "key", dataset: { focus }, onclick: () => press(button, at, talk) },
    h("span", {}, button.text),
  );
  const { person, chat, presses } = talk;
  showBusy(element, presses.isWaiting(person.id, chat.id, at.message.id, at.row, at.col));
  return element;
}

function urlButton(button, focus, talk) {
  const address = new URL(button.url);
  const open = (event) => talk.link(event, address);
  const props = { class: "key", href: address.href, target: "_blank", rel: "noopener noreferrer", onclick: open, dataset: { focus } };
  return h("a", props, h("span", {}, button.text), startLink(address) ? null : icon("external"));
}

function press(button, { message, row, col }, talk) {
  if (talk.presses.isWaiting(talk.person.id, talk.chat.id, message.id, row, col)) return;
  if (!talk.act("press", { message_id: message.id, row, col })) return;
  talk.presses.start({ person: talk.person.id, chat: talk.chat.id, message: message.id, row, col, data: button.data });
}

/** Marks a button as waiting for its answer, or no longer. */
export function showBusy(element, busy) {
  element.classList.toggle("busy", busy);
  if (busy) element.setAttribute("aria-busy", "true");
  else element.removeAttribute("aria-busy");
  element.title = busy ? texts.waiting : "";
}
