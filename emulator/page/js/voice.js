import { h, hash } from "./dom.js";
import { icon, signButton } from "./icons.js";
import { texts } from "./texts.js";
import { duration } from "./times.js";

const BARS = 34;

/** A voice note: a button that plays it and a wave that fills as it goes. */
export function voiceNote(url) {
  const audio = new Audio(url);
  audio.preload = "metadata";
  const press = () => (audio.paused ? audio.play().catch(show) : audio.pause());
  const button = signButton("play", texts.play, press, "play");
  button.dataset.focus = "play";
  const bars = Array.from({ length: BARS }, (_, at) => bar(url, at));
  const left = h("span", { class: "voice-time" }, "0:00");
  const whole = () => (Number.isFinite(audio.duration) ? audio.duration : 0);
  const show = () => {
    const playing = !audio.paused;
    button.replaceChildren(icon(playing ? "pause" : "play"));
    button.setAttribute("aria-label", playing ? texts.pause : texts.play);
    const share = whole() ? audio.currentTime / whole() : 0;
    bars.forEach((element, at) => element.classList.toggle("heard", at / BARS < share));
    left.textContent = duration(playing ? audio.currentTime : whole());
  };
  for (const event of ["play", "pause", "timeupdate", "loadedmetadata"]) audio.addEventListener(event, show);
  audio.addEventListener("ended", () => {
    audio.currentTime = 0;
    show();
  });
  return h("div", { class: "voice" }, button, h("div", { class: "wave", "aria-hidden": "true" }, bars), left);
}

/** The wave isn't measured: it is the note's own, the same each time it is drawn. */
function bar(url, at) {
  const element = h("i");
  const swell = Math.sin((at / BARS) * Math.PI);
  element.style.height = `${15 + 85 * swell * ((hash(`${url}#${at}`) % 100) / 100)}%`;
  return element;
}
