import { button, h } from "./dom.js";
import { icon, signButton } from "./icons.js";
import { CityMap } from "./map.js";
import { arrow } from "./place.js";
import { texts } from "./texts.js";

const NEAREST = 600; // metres from side to side
const STEP_SHARE = 0.025; // of the span, for an arrow key
const ZOOM = 0.6; // of the span, for a press on the zoom button
const STILL = 5; // pixels: a shorter move of the pointer is a press

/**
 * Asks for a place on the map: a press puts the point there, a drag moves the map, arrow keys move the point.
 * `pick([lat, lon])` gets the answer; `share(place, seconds)`, where given, is offered as live sharing.
 */
export function mapSheet(talk, { title = texts.place, pick, share = null }) {
  const { world, plane, person, sheets } = talk;
  const farthest = world.map.span_km * 1000;
  const start = world.lastPlace(person.id) ?? homeOf(person, plane);
  const map = new CityMap({ plane, at: start, span: Math.min(2400, farthest), ratio: 0.9, places: talk.places });
  const pin = map.pin(h("span", { class: "pin" }, icon("place")), start);
  const readout = h("output", { class: "coordinates", "aria-live": "polite" });
  const choose = (place, follow = false) => {
    if (map.movePin(pin, place) > 0.95 || follow) map.look({ at: place });
    readout.textContent = `${place[0].toFixed(5)}, ${place[1].toFixed(5)}`;
  };
  const zoom = (factor) => map.look({ span: Math.min(farthest, Math.max(NEAREST, map.span * factor)), at: pin.place });
  const surface = h(
    "div",
    {
      class: "map-surface",
      tabindex: 0,
      role: "application",
      "aria-label": `${texts.map}. ${texts.map_help}`,
      dataset: { first: "" },
    },
    map.element,
  );
  listen(surface, map, choose, zoom);
  surface.addEventListener("keydown", (event) => {
    const step = arrow(event);
    if (event.key === "Enter") {
      // Else the same key would press the button that gets the focus back.
      event.preventDefault();
      finish();
    } else if (step) choose(map.stepFrom(pin.place, ...step.map((side) => side * map.span * STEP_SHARE)));
  });
  const finish = () => (close(), pick(pin.place));
  const go = button("primary", finish, [icon("place"), texts.place_send]);
  const live = share && liveChoice((seconds) => (close(), share(pin.place, seconds)));
  const body = [
    h("div", { class: "map-frame" }, surface, zoomKeys(zoom)),
    h("p", { class: "note" }, texts.map_help, " · ", readout),
  ];
  if (talk.places.length > 0) body.push(landmarks(talk.places, (place) => choose(place, true)));
  const close = sheets.open({ title, tall: true, body, foot: [go, live] });
  choose(start);
}

/** Where a person is when nothing is known: a place of their own, not far from the centre. */
function homeOf(person, plane) {
  const turn = person.id * 2.4;
  return plane.toPlace([900 * Math.cos(turn), 900 * Math.sin(turn) - 200]);
}

function listen(surface, map, choose, zoom) {
  let from = null;
  surface.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY, still: true };
    surface.setPointerCapture(event.pointerId);
  });
  surface.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (from.still && Math.hypot(dx, dy) < STILL) return;
    map.shift(dx, dy);
    from = { x: event.clientX, y: event.clientY, still: false };
  });
  surface.addEventListener("pointerup", (event) => {
    if (from?.still) choose(map.placeAt(event.clientX, event.clientY));
    from = null;
  });
  surface.addEventListener("pointercancel", () => (from = null));
  surface.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15);
    },
    { passive: false },
  );
}

function zoomKeys(zoom) {
  const nearer = signButton("add", texts.map_in, () => zoom(ZOOM));
  return h(
    "div",
    { class: "zoom" },
    nearer,
    signButton("minus", texts.map_out, () => zoom(1 / ZOOM)),
  );
}

function landmarks(places, choose) {
  const chips = places.map((place) => button("chip", () => choose([place.lat, place.lon]), place.name));
  return h("div", { class: "chips", role: "group", "aria-label": texts.places }, chips);
}

function liveChoice(share) {
  const spans = Object.entries(texts.live_for);
  const keys = spans.map(([seconds, label]) => button("chip", () => share(Number(seconds)), label));
  const head = h("span", {}, icon("live"), texts.live_share);
  return h("div", { class: "live-choice", role: "group", "aria-label": texts.live_share }, head, keys);
}
