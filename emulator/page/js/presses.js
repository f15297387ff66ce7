const ANSWER_SECONDS = 15;

/** Which inline buttons have been pressed and not been answered yet. */
export class Presses {
  #waiting = [];
  #listeners = new Set();

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Remembers a press `{person, chat, message, row, col, data}` until its answer, or until Telegram gives up on it. */
  start(press) {
    const timer = setTimeout(() => this.#drop(press), ANSWER_SECONDS * 1000);
    Object.assign(press, { timer });
    this.#waiting.push(press);
    this.#tell(press);
  }

  /** Takes an answer in: the oldest press of that button has it. */
  finish({ person, chat, message_id: message, data }) {
    const press = this.#waiting.find(
      (one) => one.person === person && one.chat === chat && one.message === message && one.data === data,
    );
    if (press) this.#drop(press);
  }

  /** Forgets a person's presses: an act of theirs failed, or the connection did. */
  forget(person = null) {
    for (const press of [...this.#waiting]) if (person === null || press.person === person) this.#drop(press);
  }

  isWaiting(person, chat, message, row, col) {
    return this.#waiting.some(
      (press) =>
        press.person === person &&
        press.chat === chat &&
        press.message === message &&
        press.row === row &&
        press.col === col,
    );
  }

  #drop(press) {
    clearTimeout(press.timer);
    this.#waiting = this.#waiting.filter((other) => other !== press);
    this.#tell(press);
  }

  #tell(press) {
    for (const listener of [...this.#listeners]) listener(press);
  }
}
