// Wording: one catalogue for both languages, told by the service with the page's own files.
import { here } from "./address.js";
import { store } from "./store.js";

const base = document.getElementById("page").dataset.base;
const catalogues = {};

export const language = store(null);

/** The language of the address, else the one chosen last, else Thai. */
export function wanted() {
  const named = here().lang || localStorage.getItem("patithin.lang");
  return named === "en" ? "en" : "th";
}

export async function speak(lang) {
  catalogues[lang] ??= await (await fetch(`${base}words/${lang}.json`)).json();
  document.documentElement.lang = lang;
  localStorage.setItem("patithin.lang", lang);
  language.set(lang);
}

export const lang = () => language.get() ?? "th";

/** The text of a key with its fields filled in. A key without a text is shown as it is: a test finds it. */
export function t(key, fields) {
  const text = catalogues[lang()]?.[key] ?? key;
  return fields ? text.replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole) : text;
}

/** The text of a key that counts things, one or many. */
export function count(key, n) {
  const [one, many] = t(key).split("|");
  return (n === 1 || !many ? one : many).replace("{n}", number(n));
}

export function number(value, digits = 0) {
  const text = Number(value).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return Number(text.replaceAll(",", "")) === 0 ? text.replace("-", "") : text;
}

/** `+240` or `−1,200`: a difference in baht, with a true minus. */
export function signed(value) {
  const text = number(Math.abs(value));
  if (text === "0") return "0";
  return (value > 0 ? "+" : "−") + text;
}

/** Whose doing something was: people by their names; what the service names itself, in the page's language. */
export function who(name) {
  if (name === "first planner") return t("first_planner");
  return name === "patithin serve" ? t("the_service") : name;
}

export const capital = (text) => text.replace(/^./, (first) => first.toUpperCase());

export const head = (key) => capital(t(key));
