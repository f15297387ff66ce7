import { avatar, chatAvatar } from "./avatar.js";
import { Chat } from "./chat.js";
import { chatList } from "./chat_list.js";
import { button, h, once } from "./dom.js";
import { preview } from "./preview.js";
import { Sheets } from "./sheets.js";
import { texts } from "./texts.js";
import { clock } from "./times.js";

const NOTICE_MILLISECONDS = 5000;

/** One person's phone: a frame, the list of chats, and the chat that is open. */
export class Phone {
  drafts = new Map();
  connected = true;
  #chat = null;
  #visible = false;
  #awaited = null;
  #send;
  #body = h("div", { class: "screen-body" });
  #clock = h("time", {});
  #notice = null;

  /** `send(act)` hands an act to the server and answers whether it went out. */
  constructor({ person, world, presses, reads, send }) {
    Object.assign(this, { person, world, presses, reads });
    this.#send = send;
    this.sheets = new Sheets(this.#body);
    this.list = chatList(this);
    const signs = h("span", { class: "signs" }, h("i", { class: "signal" }), h("i", { class: "battery" }));
    const top = h("div", { class: "status-bar", "aria-hidden": "true" }, this.#clock, signs);
    this.screen = h("div", { class: "screen" }, top, this.#body, this.sheets.element);
    const who = h("div", { class: "owner" }, avatar(person.id, person.name, "small"), h("h2", {}, person.name));
    if (person.role_hint) who.append(h("span", { class: "role" }, person.role_hint));
    this.element = h(
      "section",
      { class: "phone", id: `phone-${person.id}`, "aria-label": texts.person_phone(person.name) },
      who,
      h("div", { class: "frame" }, this.screen),
    );
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.sync = once(() => this.#sync());
    const chats = world.chatsOf(person.id);
    if (chats.length > 0) this.openChat(chats[0].id);
    else this.showList();
    this.tick();
  }

  /** Does something as this person; answers whether it was sent, and says so on the screen when not. */
  act(act, fields) {
    const sent = this.#send({ as: this.person.id, act, ...fields });
    if (!sent) this.sheets.toast(texts.error_offline);
    return sent;
  }

  /** Makes a group of this person's, which opens as soon as it is there. */
  createGroup(title, members) {
    if (this.act("create_group", { title, members })) this.#awaited = title;
  }

  openChat(chatId, { focus = false } = {}) {
    this.#leave();
    this.#chat = new Chat(this, this.world.chats.get(chatId));
    this.#body.replaceChildren(this.#chat.element);
    this.#chat.log.show(this.#visible);
    if (focus) this.#chat.focus();
  }

  showList() {
    const focused = this.#body.contains(document.activeElement);
    this.#leave();
    this.list.sync();
    this.#body.replaceChildren(this.list.element);
    if (focused) this.list.focus();
  }

  /** Puts a text into the private chat's composer. */
  write(text) {
    const own = this.world.chats.get(this.person.id);
    if (!own) return;
    if (this.#chat?.chat.id !== own.id) this.openChat(own.id);
    this.#chat.write(text);
  }

  /** Opens the private chat and starts the bot with a link's parameter. */
  startBot(parameter) {
    this.openChat(this.person.id, { focus: true });
    this.#chat.say(parameter ? `/start ${parameter}` : "/start");
  }

  /** Tells whether this phone is on the page now, or behind another one. */
  show(visible) {
    this.#visible = visible;
    this.#chat?.log.show(visible);
  }

  /** The window came to the front: what stands at the end of the chat is read now. */
  seen() {
    this.#chat?.log.seen();
  }

  unreadElsewhere(chatId) {
    return this.reads.unreadOf(this.person.id) - this.reads.unread(this.person.id, chatId);
  }

  /** Takes a change of the world in. */
  changed(change) {
    const chats = this.world.chatsOf(this.person.id);
    const own = chats.some((chat) => chat.id === change.chat);
    if (change.type === "chat" && own && this.#awaited === this.world.chats.get(change.chat).title) {
      this.#awaited = null;
      return this.openChat(change.chat, { focus: true });
    }
    const elsewhere = this.#chat && this.#chat.chat.id !== change.chat;
    if (change.type === "world" || (change.type === "chat" && !elsewhere)) this.#reopen();
    else if (change.type === "typing" && own) this.#chat?.syncStatus();
    else if (own) this.sync();
    if (change.fresh && own) this.#notify(change);
  }

  connection(connected) {
    this.connected = connected;
    this.#chat?.syncStatus();
  }

  /** Shows what the bot answered to a press. */
  answered({ text, alert }) {
    if (text && alert) this.sheets.alert(text);
    else if (text) this.sheets.toast(text);
  }

  press(press) {
    if (this.#chat?.chat.id !== press.chat) return;
    const { person, chat, message, row, col } = press;
    this.#chat.log.showPress(press, this.presses.isWaiting(person, chat, message, row, col));
  }

  /** Turns the phone's clock, and with it the minutes that a live place has left. */
  tick() {
    this.sync();
    this.#clock.textContent = clock(Date.now() / 1000);
  }

  #sync() {
    if (this.#chat) this.#chat.sync();
    else this.list.sync();
  }

  #leave() {
    if (!this.#chat) return;
    this.drafts.set(this.#chat.chat.id, this.#chat.draft);
    this.#chat.close();
    this.#chat = null;
  }

  /** The chats themselves changed: the open one is drawn from its new state, or left when it is gone. */
  #reopen() {
    const open = this.#chat?.chat.id;
    const chats = this.world.chatsOf(this.person.id);
    const chat = chats.find((one) => one.id === open);
    const focused = this.#body.contains(document.activeElement);
    if (chat) this.openChat(chat.id, { focus: focused });
    else if (chats.length === 1) this.openChat(chats[0].id);
    else this.showList();
  }

  /** A message in a chat that isn't open comes down from the top for a moment. */
  #notify({ chat: chatId, message }) {
    const own = message.from.id === this.person.id;
    if (chatId === this.#chat?.chat.id || own || message.silent || message.service) return;
    const chat = this.world.chats.get(chatId);
    const title = this.world.title(chat);
    this.#notice?.remove();
    const open = () => {
      notice.remove();
      this.openChat(chatId, { focus: true });
    };
    const words = [h("strong", {}, title), h("span", {}, preview(message))];
    const notice = button("notice", open, [chatAvatar(chat, title, "small"), ...words]);
    this.#notice = notice;
    this.sheets.element.append(notice);
    setTimeout(() => notice.remove(), NOTICE_MILLISECONDS);
  }

  #key(event) {
    if (event.key !== "Escape" || !this.#chat || this.world.chatsOf(this.person.id).length < 2) return;
    this.showList();
  }
}
