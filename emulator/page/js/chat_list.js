import { chatAvatar } from "./avatar.js";
import { button, h } from "./dom.js";
import { groupSheet } from "./group_sheet.js";
import { signButton } from "./icons.js";
import { preview } from "./preview.js";
import { Rover } from "./rover.js";
import { texts } from "./texts.js";
import { shortTime } from "./times.js";

/** A person's chats: the last message of each and how many are unread. */
export function chatList(phone) {
  const rows = h("div", { class: "chat-rows" });
  const rover = new Rover(rows, 1);
  const element = h(
    "div",
    { class: "chat-list" },
    h(
      "header",
      { class: "chat-header" },
      h("h3", { class: "title" }, texts.chats),
      signButton("add", texts.group_new, () => groupSheet(phone)),
    ),
    rows,
  );
  const sync = () => {
    const focused = [...rows.children].indexOf(document.activeElement);
    rows.replaceChildren(...phone.world.chatsOf(phone.person.id).map((chat) => chatRow(phone, chat)));
    rover.sync([...rows.children]);
    if (focused >= 0) rows.children[focused]?.focus();
  };
  return { element, sync, focus: () => rows.firstChild?.focus() };
}

function chatRow(phone, chat) {
  const { world, reads, person } = phone;
  const last = world.last(chat.id);
  const unread = reads.unread(person.id, chat.id);
  const who = last?.from.id === person.id ? texts.preview_you : last?.from.name;
  const words = last && chat.kind !== "private" && !last.service ? `${who}: ${preview(last)}` : last && preview(last);
  return button("chat-row", () => phone.openChat(chat.id, { focus: true }), [
    chatAvatar(chat, world.title(chat)),
    h("span", { class: "chat-name" }, world.title(chat)),
    h("time", {}, last ? shortTime(last.date) : ""),
    h("span", { class: "chat-last" }, words ?? texts.empty),
    unread > 0 && h("span", { class: "badge", "aria-label": texts.unread_count(unread) }, String(unread)),
  ]);
}
