import { city } from "./city.js";
import { h, s } from "./dom.js";

const DEGREE = 111_320; // metres in a degree of latitude
const LAYERS = ["blocks", "streets", "parks", "paths", "riverside", "river", "avenues", "ring"];

/** Degrees to metres east and south of a centre, and back; flat, which is near enough for a city. */
export class Plane {
  constructor([lat, lon]) {
    this.lat = lat;
    this.lon = lon;
    this.wide = DEGREE * Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  }

  toGround([lat, lon]) {
    return [(lon - this.lon) * this.wide, (this.lat - lat) * DEGREE];
  }

  toPlace([x, y]) {
    const round = (degrees) => Math.round(degrees * 1e6) / 1e6;
    return [round(this.lat - y / DEGREE), round(this.lon + x / this.wide)];
  }
}

/** A drawn map of `span` metres from side to side around a place, with pins at places. */
export class CityMap {
  #drawing = h("div", { class: "map-drawing", "aria-hidden": "true" });
  #pins = h("div", { class: "map-pins" });
  #plane;
  #ratio;
  #places;

  /** `ratio` is height over width; `places` are `{name, lat, lon}` that the map shows by name. */
  constructor({ plane, at, span, ratio, places = [] }) {
    this.#plane = plane;
    this.#ratio = ratio;
    this.#places = places;
    this.element = h("div", { class: "map" }, this.#drawing, this.#pins);
    this.look({ at, span });
  }

  /** Turns the view to a place [lat, lon], or to another span in metres. */
  look({ at = this.at, span = this.span }) {
    this.at = at;
    this.span = span;
    this.#draw();
    for (const pin of this.#pins.children) this.#put(pin);
  }

  /** Moves the view by pixels of the element as it is on the screen. */
  shift(dx, dy) {
    const [x, y] = this.#plane.toGround(this.at);
    const metres = this.span / this.element.clientWidth;
    this.look({ at: this.#plane.toPlace([x - dx * metres, y - dy * metres]) });
  }

  /** Puts an element on a place, and keeps it there. */
  pin(element, place) {
    element.classList.add("map-pin");
    element.place = place;
    this.#pins.append(element);
    this.#put(element);
    return element;
  }

  /** Moves a pin; answers how far it is from the middle, 1 at the nearer edge. */
  movePin(element, place) {
    element.place = place;
    this.#put(element);
    const [left, top] = this.#share(place);
    return Math.max(Math.abs(left - 0.5), Math.abs(top - 0.5)) * 2;
  }

  /** The place under a point of the window (clientX, clientY). */
  placeAt(clientX, clientY) {
    const frame = this.element.getBoundingClientRect();
    const [x, y] = this.#plane.toGround(this.at);
    const metres = this.span / frame.width;
    return this.#plane.toPlace([
      x + (clientX - frame.left - frame.width / 2) * metres,
      y + (clientY - frame.top - frame.height / 2) * metres,
    ]);
  }

  /** A place some metres east and south of another. */
  stepFrom(place, east, south) {
    const [x, y] = this.#plane.toGround(place);
    return this.#plane.toPlace([x + east, y + south]);
  }

  #share(place) {
    const [x, y] = this.#plane.toGround(place);
    const [cx, cy] = this.#plane.toGround(this.at);
    return [0.5 + (x - cx) / this.span, 0.5 + (y - cy) / (this.span * this.#ratio)];
  }

  #put(pin) {
    const [left, top] = this.#share(pin.place);
    pin.style.left = `${left * 100}%`;
    pin.style.top = `${top * 100}%`;
  }

  #draw() {
    const [x, y] = this.#plane.toGround(this.at);
    const high = this.span * this.#ratio;
    const shapes = city(x, y, Math.max(this.span, high));
    const view = [x - this.span / 2, y - high / 2, this.span, high].map((value) => value.toFixed(1)).join(" ");
    const far = this.span > 2600;
    const drawing = s("svg", { viewBox: view, preserveAspectRatio: "xMidYMid slice", class: far ? "far" : "near" });
    for (const layer of LAYERS) {
      // A road is drawn twice, its border below.
      if (["avenues", "ring", "streets"].includes(layer))
        drawing.append(s("path", { class: `${layer} edge`, d: shapes[layer] }));
      drawing.append(s("path", { class: layer, d: shapes[layer] }));
    }
    const size = this.span / 30;
    drawing.append(
      ...shapes.labels.map((label) => name(label, size)),
      ...this.#places.map((place) => this.#landmark(place, size)),
    );
    this.#drawing.replaceChildren(drawing);
  }

  #landmark(place, size) {
    const [x, y] = this.#plane.toGround([place.lat, place.lon]);
    return s(
      "g",
      { class: "landmark" },
      s("circle", { cx: x, cy: y, r: size * 0.45 }),
      s("text", { x: x + size * 0.8, y: y + size * 0.35, "font-size": size * 1.1 }, place.name),
    );
  }
}

function name({ text, x, y, angle, kind }, size) {
  const turn = `translate(${x.toFixed(0)} ${y.toFixed(0)}) rotate(${angle.toFixed(1)})`;
  return s("text", { class: kind, transform: turn, "font-size": size.toFixed(1), dy: "0.35em" }, text);
}
