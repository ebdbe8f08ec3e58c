// Light, dark, or as the system has it.
import { store } from "./store.js";

export const THEMES = ["system", "light", "dark"];
export const theme = store(localStorage.getItem("patithin.theme") ?? "system");

export function dress(name = theme.get()) {
  document.documentElement.dataset.theme = name;
  localStorage.setItem("patithin.theme", name);
  theme.set(name);
}
