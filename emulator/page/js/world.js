const KEPT_MESSAGES = 1000;
const TYPING_SECONDS = 5;

/**
 * What the server has told so far: people, chats, messages, commands. It changes only through `apply`, and each
 * change is told to the listeners as `{type, chat?, person?, message?, fresh?}`.
 */
export class World {
  people = new Map();
  chats = new Map();
  map = { center: [0, 0], span_km: 6, places: [] };
  #messages = new Map();
  #commands = new Map();
  #pinned = new Map();
  #typing = new Map();
  #listeners = new Set();
  #version = 0;

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes one event of the server in. */
  apply(event) {
    switch (event.type) {
      case "world":
        return this.#begin(event);
      case "person":
        this.people.set(event.id, event);
        return this.#tell({ type: "people" });
      case "chat":
        return this.#chatChanged(event);
      case "message":
        return this.#put(event.chat, event.message);
      case "deleted":
        this.#messages.get(event.chat)?.delete(event.message_id);
        return this.#tell({ type: "messages", chat: event.chat });
      case "pinned":
        this.#pinned.set(event.chat, event.message_id);
        return this.#tell({ type: "pinned", chat: event.chat });
      case "commands":
        this.#commands.set(`${event.person}/${event.chat}`, event.commands);
        return this.#tell({ type: "commands", person: event.person, chat: event.chat });
      case "typing":
        return this.#type(event.chat);
      case "answered":
      case "error":
        return this.#tell(event);
      default:
        console.warn("an event of an unknown kind", event);
    }
  }

  /** The chats that a person is in: the private one first, then the newest. */
  chatsOf(personId) {
    const mine = [...this.chats.values()].filter((chat) => chat.members.includes(personId));
    const newest = (chat) => this.last(chat.id)?.date ?? 0;
    return mine.sort((a, b) => (b.kind === "private") - (a.kind === "private") || newest(b) - newest(a));
  }

  /** A chat's name as its members see it. */
  title(chat) {
    return chat.kind === "private" ? (chat.bot?.name ?? chat.title) : chat.title;
  }

  messages(chatId) {
    return [...(this.#messages.get(chatId)?.values() ?? [])];
  }

  message(chatId, messageId) {
    return this.#messages.get(chatId)?.get(messageId) ?? null;
  }

  last(chatId) {
    return this.messages(chatId).at(-1) ?? null;
  }

  /** The message that is pinned on top, or null. */
  pinned(chatId) {
    return this.message(chatId, this.#pinned.get(chatId));
  }

  commands(personId, chatId) {
    return this.#commands.get(`${personId}/${chatId}`) ?? [];
  }

  isTyping(chatId) {
    return this.#typing.has(chatId);
  }

  /** The message whose reply keyboard is in force in a chat, or null. */
  replyKeyboard(chatId) {
    const last = this.messages(chatId).findLast((message) => message.reply_keyboard || message.remove_keyboard);
    return last?.reply_keyboard ? last : null;
  }

  /** Where a person was last seen, as [lat, lon], or null. */
  lastPlace(personId) {
    let newest = null;
    for (const chatId of this.#messages.keys()) {
      const own = this.messages(chatId).findLast((message) => message.place && message.from.id === personId);
      const at = (message) => message.edit_date ?? message.date;
      if (own && (!newest || at(own) > at(newest))) newest = own;
    }
    return newest && [newest.place.lat, newest.place.lon];
  }

  #begin(event) {
    this.people = new Map(event.people.map((person) => [person.id, person]));
    this.chats = new Map(event.chats.map((chat) => [chat.id, chat]));
    this.map = { places: [], ...(event.map ?? this.map) };
    this.#typing.clear();
    this.#commands.clear();
    for (const [person, chats] of Object.entries(event.commands ?? {})) {
      for (const [chat, commands] of Object.entries(chats)) this.#commands.set(`${person}/${chat}`, commands);
    }
    this.#messages.clear();
    this.#pinned.clear();
    for (const [chat, messages] of Object.entries(event.messages)) {
      for (const message of messages) this.#store(Number(chat), message);
      this.#pinned.set(Number(chat), messages.findLast((message) => message.pinned)?.id ?? null);
    }
    for (const chat of event.chats) if (chat.pinned) this.#pinned.set(chat.id, chat.pinned);
    this.#tell({ type: "world" });
  }

  #chatChanged(chat) {
    this.chats.set(chat.id, chat);
    this.#tell({ type: "chat", chat: chat.id });
  }

  #put(chatId, message) {
    const fresh = !this.message(chatId, message.id);
    this.#store(chatId, message);
    if (fresh && message.from.is_bot) this.#quiet(chatId);
    this.#tell({ type: "message", chat: chatId, message, fresh });
  }

  #store(chatId, message) {
    if (!this.#messages.has(chatId)) this.#messages.set(chatId, new Map());
    const stored = this.#messages.get(chatId);
    // A new number for each state of a message: what was drawn from an older one is drawn again.
    stored.set(message.id, Object.assign(message, { version: ++this.#version }));
    if (stored.size > KEPT_MESSAGES) stored.delete(stored.keys().next().value);
  }

  #type(chatId) {
    clearTimeout(this.#typing.get(chatId));
    this.#typing.set(
      chatId,
      setTimeout(() => this.#quiet(chatId), TYPING_SECONDS * 1000),
    );
    this.#tell({ type: "typing", chat: chatId });
  }

  #quiet(chatId) {
    if (!this.#typing.has(chatId)) return;
    clearTimeout(this.#typing.get(chatId));
    this.#typing.delete(chatId);
    this.#tell({ type: "typing", chat: chatId });
  }

  #tell(change) {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
