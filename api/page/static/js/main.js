// The page begins: the language first, then who the reader is.
import { App } from "./app.js";
import { html, render } from "./html.js";
import { speak, wanted } from "./words.js";
import { dress } from "./theme.js";

dress();
await speak(wanted());
render(html`<${App} />`, document.getElementById("page"));
