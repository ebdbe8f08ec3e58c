// A button with a menu below it: arrows move, Escape closes, a click elsewhere too.
import { html, names, useEffect, useRef, useState } from "../html.js";
import { Icon } from "./icons.js";

export function Menu({ label, icon, wide, strong, children }) {
  const [open, setOpen] = useState(false);
  const box = useRef(null);
  useEffect(() => {
    if (!open) return undefined;
    const away = (event) => { if (!box.current?.contains(event.target)) setOpen(false); };
    document.addEventListener("pointerdown", away);
    box.current?.querySelector("[role^=menuitem]:not([disabled])")?.focus();
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);
  const close = () => {
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  const onKey = (event) => {
    if (!open) return;
    const items = [...box.current.querySelectorAll("[role^=menuitem]:not([disabled])")];
    const at = items.indexOf(document.activeElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape") close();
    else if (target !== undefined) items.at(target % items.length)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="menu" ref=${box} onKeyDown=${onKey}>
    <button class=${strong ? "main" : "quiet"} aria-haspopup="menu" aria-expanded=${open ? "true" : "false"}
      onClick=${() => setOpen(!open)}><span>${label}</span><${Icon} name=${icon === "more" ? "down" : icon ?? "down"} /></button>
    ${open && html`<div class=${names("menubox", { wide })} role="menu" aria-label=${label}
      onClick=${(event) => { if (event.target.closest("[role^=menuitem]")) close(); }}>${children}</div>`}
  </div>`;
}
