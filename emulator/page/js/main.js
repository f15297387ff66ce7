import { Hints } from "./hints.js";
import { Presses } from "./presses.js";
import { Reads } from "./reads.js";
import { Socket, socketUrl } from "./socket.js";
import { Stage } from "./stage.js";
import { World } from "./world.js";

const world = new World();
const presses = new Presses();
const reads = new Reads(world);
const stage = new Stage({ world, presses, reads, send: (act) => socket.send(act) });
const hints = new Hints({ world, attempt: (person, text) => stage.attempt(person, text) });
const lost = document.querySelector("#lost");
let begun = false;

world.listen((change) => {
  // What was said before the page was opened is not news.
  if (change.type === "world" && !begun) {
    for (const person of world.people.keys()) for (const chat of world.chatsOf(person)) reads.readAll(person, chat.id);
    begun = true;
  }
  if (change.type === "answered") presses.finish(change);
  stage.changed(change);
  if (["world", "people", "commands", "message"].includes(change.type)) hints.sync();
});
presses.listen((press) => stage.press(press));
reads.listen(() => stage.count());

document.addEventListener("visibilitychange", () => stage.seen());

document.querySelector("#stage").replaceWith(stage.element);
document.querySelector("#hint").replaceWith(hints.element);

const socket = new Socket({
  url: socketUrl(location),
  onEvent: (event) => world.apply(event),
  onState: (connected) => {
    lost.hidden = connected;
    stage.connection(connected);
    if (!connected) presses.forget();
  },
});
