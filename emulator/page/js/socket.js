const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;

/**
 * The wire to the local Telegram. It comes back by itself after a cut, waiting longer each time (milliseconds), and
 * the server tells the whole world anew on each connection.
 */
export class Socket {
  #url;
  #socket = null;
  #wait = FIRST_WAIT;
  #onEvent;
  #onState;

  /** `onEvent(event)` for each event of the server; `onState(connected)` when the connection comes or goes. */
  constructor({ url, onEvent, onState }) {
    this.#url = url;
    this.#onEvent = onEvent;
    this.#onState = onState;
    this.#open();
  }

  get connected() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Sends an act; answers false when there is no connection, and then nothing was sent. */
  send(act) {
    if (!this.connected) return false;
    this.#socket.send(JSON.stringify(act));
    return true;
  }

  #open() {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.#onState(true);
    };
    socket.onmessage = (frame) => this.#onEvent(JSON.parse(frame.data));
    socket.onclose = () => {
      this.#onState(false);
      setTimeout(() => this.#open(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    };
  }
}

/** The socket's address beside the page's own. */
export function socketUrl(location) {
  const url = new URL("/phones/socket", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
