// Dragging with a mouse, a pen or a finger: the days under the pointer are aimed at, letting go drops.
import { go } from "../address.js";
import { isReported } from "../reported.js";
import { me, shown } from "../session.js";
import { drop } from "./drop.js";
import { aim, begin, days, moving, stop } from "./moving.js";

/** Pixels after which a press is a drag, and milliseconds a finger rests before it is one. */
const FAR = 6;
const LONG = 350;

/** Milliseconds that a mouse rests over a visit before its days are asked for: it may be dragged next. */
const REST = 150;
let resting = null;

export function near(visit) {
  clearTimeout(resting);
  if (!moving.get()) resting = setTimeout(() => days(visit).catch(() => {}), REST);
}

export const away = () => clearTimeout(resting);

/** On pointerdown at a visit: watch whether it becomes a drag. */
export function grab(event, visit) {
  if (event.button !== 0 || me.get()?.role !== "planner" || moving.get() || isReported(visit)) return;
  const touch = event.pointerType === "touch";
  days(visit).catch(() => {}); // asked for already: a drag may follow
  const from = { x: event.clientX, y: event.clientY };
  const source = event.currentTarget;
  let ghost = null;
  let timer = touch ? setTimeout(() => lift(from), LONG) : null;

  function lift(at) {
    ghost = ghostOf(source);
    place(at);
    document.body.classList.add("dragging");
    begin(visit, "pointer");
  }

  function place({ x, y }) {
    ghost.style.transform = `translate(${x + 10}px, ${y + 8}px)`;
  }

  function onMove(now) {
    const at = { x: now.clientX, y: now.clientY };
    const far = Math.hypot(at.x - from.x, at.y - from.y) > FAR;
    if (!ghost) {
      if (!far) return;
      if (touch) return end(); // the finger scrolls
      lift(at);
    }
    now.preventDefault();
    place(at);
    point(at);
  }

  function onUp() {
    const dragged = ghost;
    end();
    if (!dragged) return;
    addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => drop(), 0);
  }

  function onKey(key) {
    if (key.key !== "Escape") return;
    end();
    stop();
  }

  function onCancel() {
    const dragged = ghost;
    end();
    if (dragged) stop();
  }

  /** While a finger drags, the page neither scrolls nor offers its menu. */
  function hold(event) {
    if (ghost || event.type === "contextmenu") event.preventDefault();
  }

  function end() {
    clearTimeout(timer);
    timer = null;
    ghost?.remove();
    ghost = null;
    document.body.classList.remove("dragging");
    removeEventListener("pointermove", onMove);
    removeEventListener("pointerup", onUp);
    removeEventListener("pointercancel", onCancel);
    removeEventListener("keydown", onKey);
    removeEventListener("touchmove", hold);
    removeEventListener("contextmenu", hold);
  }

  addEventListener("pointermove", onMove);
  addEventListener("pointerup", onUp);
  addEventListener("pointercancel", onCancel);
  addEventListener("keydown", onKey);
  addEventListener("touchmove", hold, { passive: false });
  if (touch) addEventListener("contextmenu", hold);
}

function ghostOf(source) {
  const ghost = source.cloneNode(true);
  ghost.className = "stop ghost";
  ghost.removeAttribute("href");
  ghost.setAttribute("aria-hidden", "true");
  ghost.style.width = `${source.offsetWidth}px`;
  document.body.append(ghost);
  return ghost;
}

/** Pixels from the upper and lower edge within which the page scrolls along. */
const EDGE = 60;

/** Aim at the day, and the tour, that lie under a point. */
function point({ x, y }) {
  const under = document.elementFromPoint(x, y);
  const date = under?.closest("[data-date]")?.dataset.date ?? null;
  aim(date, under?.closest("[data-tour]")?.dataset.tour ?? null);
  if (y > innerHeight - EDGE) scrollBy(0, 14);
  else if (y < EDGE && !under?.closest(".strip")) scrollBy(0, -14);
}

export const showWeekOf = (date) => {
  const week = shown.get().model?.weeks.find((one) => one.days.includes(date));
  if (week) go({ view: "week", week: week.name }, { replace: true });
};
