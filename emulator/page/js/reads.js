/** Up to where each person has read each chat. Lives as long as the page does. */
export class Reads {
  #world;
  #marks = new Map();
  #listeners = new Set();

  constructor(world) {
    this.#world = world;
  }

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The id of the last message read, 0 for none; a server that began anew counts its messages from 1 again. */
  mark(personId, chatId) {
    return Math.min(this.#marks.get(`${personId}/${chatId}`) ?? 0, this.#world.last(chatId)?.id ?? 0);
  }

  /** Reads a chat to its end. */
  readAll(personId, chatId) {
    const last = this.#world.last(chatId)?.id ?? 0;
    if (last <= this.mark(personId, chatId)) return;
    this.#marks.set(`${personId}/${chatId}`, last);
    for (const listener of [...this.#listeners]) listener({ person: personId, chat: chatId });
  }

  /** How many messages of others came after the mark. */
  unread(personId, chatId) {
    const mark = this.mark(personId, chatId);
    return this.#world.messages(chatId).filter((message) => message.id > mark && message.from.id !== personId).length;
  }

  unreadOf(personId) {
    return this.#world.chatsOf(personId).reduce((sum, chat) => sum + this.unread(personId, chat.id), 0);
  }
}
