import { button, h } from "./dom.js";
import { icon } from "./icons.js";
import { CityMap } from "./map.js";
import { texts } from "./texts.js";
import { clock } from "./times.js";

const SPAN = 900; // metres from side to side
const RATIO = 0.56;
const STEP = 25; // metres for an arrow key
const SEND_EVERY = 600; // milliseconds between moves while dragging
const FOR_EVER = 60 * 24 * 7; // minutes: Telegram's "until I turn it off" is years
const SETTLE = 500; // milliseconds until the server has surely told the last move back

/** For how many minutes a place is still shared live, 0 when it isn't. */
export const minutesLeft = (place) =>
  place?.live ? Math.max(0, Math.ceil((place.live_until - Date.now() / 1000) / 60)) : 0;

/** A place in a bubble: a small map, the venue's name, and for a live place its age; one's own can be dragged. */
export function placeBox(message, talk) {
  const { place, venue } = message;
  const at = [place.lat, place.lon];
  const live = minutesLeft(place) > 0;
  const own = live && message.from.id === talk.person.id;
  const view = talk.views.get(message.id) ?? at;
  const map = new CityMap({ plane: talk.plane, at: view, span: SPAN, ratio: RATIO, places: talk.places });
  const pin = map.pin(own ? livePin() : mark(live), at);
  // The map stays where it is until its point comes near the edge, so that a move is seen as a move.
  if (map.movePin(pin, at) > 0.75) map.look({ at });
  talk.views.set(message.id, map.at);
  if (own) makeDraggable({ pin, map, message, talk });
  const label = `${venue?.title ?? (live ? texts.live : texts.place)}: ${place.lat}, ${place.lon}`;
  const drawing = h("div", { class: "place-map", role: own ? "group" : "img", "aria-label": label }, map.element);
  return h("div", { class: "place" }, drawing, live ? liveLine(message, own, talk) : venue && venueLine(venue));
}

const mark = (live) => h("span", { class: live ? "pin live" : "pin" }, live ? icon("live") : icon("place"));

function livePin() {
  const properties = { "aria-label": texts.live_pin, title: texts.live_move, dataset: { focus: "pin" } };
  return button("pin live own", null, icon("live"), properties);
}

const venueLine = ({ title, address }) =>
  h("div", { class: "place-line" }, h("strong", {}, title), h("small", {}, address));

function liveLine(message, own, talk) {
  const minutes = minutesLeft(message.place);
  const end = minutes < FOR_EVER ? ` · ${texts.live_left(minutes)}` : "";
  const age = clock(message.edit_date ?? message.date) + end;
  const stop = () => talk.act("stop_live", { message_id: message.id });
  return h(
    "div",
    { class: "place-line" },
    h("strong", {}, texts.live),
    h("small", {}, age),
    own && button("quiet", stop, texts.live_stop, { dataset: { focus: "stop" } }),
  );
}

function makeDraggable({ pin, map, message, talk }) {
  let at = pin.place;
  let sent = 0;
  let timer = null;
  let grip = [0, 0]; // how far from the pin's middle it was taken, in pixels
  const tell = () => {
    sent = Date.now();
    talk.act("move", { message_id: message.id, lat: at[0], lon: at[1] });
  };
  const move = (place) => {
    at = place;
    // The bubble isn't drawn anew under the finger: it is held until the drag is over and told back.
    talk.hold(message.id, true);
    map.movePin(pin, at);
    clearTimeout(timer);
    timer = setTimeout(tell, Math.max(0, sent + SEND_EVERY - Date.now()));
  };
  const settle = () => setTimeout(() => talk.hold(message.id, false), SETTLE + SEND_EVERY);
  pin.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pin.focus({ preventScroll: true });
    pin.setPointerCapture(event.pointerId);
    const { left, top, width, height } = pin.getBoundingClientRect();
    grip = [event.clientX - left - width / 2, event.clientY - top - height / 2];
  });
  pin.addEventListener("pointermove", (event) => {
    if (pin.hasPointerCapture(event.pointerId)) move(map.placeAt(event.clientX - grip[0], event.clientY - grip[1]));
  });
  pin.addEventListener("lostpointercapture", settle);
  let resting = null;
  pin.addEventListener("keydown", (event) => {
    const step = arrow(event);
    if (!step) return;
    move(map.stepFrom(at, step[0] * STEP, step[1] * STEP));
    clearTimeout(resting);
    resting = settle();
  });
}

/** The direction [east, south] of an arrow key, ten times as far with Shift, or null for any other key. */
export function arrow(event) {
  const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const step = steps[event.key];
  if (!step) return null;
  event.preventDefault();
  event.stopPropagation();
  return event.shiftKey ? step.map((side) => side * 10) : step;
}
