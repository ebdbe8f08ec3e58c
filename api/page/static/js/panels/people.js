// People: one-time links for others, who may come in, and ending that.
import { get, post, Refused, send } from "../api.js";
import { dayAt, fullDate } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { me } from "../session.js";
import { Pick } from "../parts/fields.js";
import { SideHead } from "../side.js";
import { Faults } from "../parts/faults.js";
import { t, who } from "../words.js";
import { Secret } from "./documents.js";

const ROLES = ["planner", "head", "officer", "viewer"];

export function People({ model }) {
  const [form, setForm] = useState({ name: "", role: "officer", officer: "" });
  const [links, setLinks] = useState([]);
  const [tokens, setTokens] = useState([]);
  const [made, setMade] = useState(null);
  const [fault, setFault] = useState(null);
  const load = () => Promise.all([get("/v1/links").then(setLinks), get("/v1/tokens").then(setTokens)]);
  useEffect(() => { load(); }, []);
  const named = form.name || model.officers.get(form.officer)?.name || "";
  const make = async (event) => {
    event.preventDefault();
    setFault(null);
    try {
      const asked = { name: named, role: form.role };
      if (form.role === "officer") asked.officer = form.officer;
      setMade(await post("/v1/links", asked));
      setForm({ ...form, name: "", officer: "" });
      load();
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setFault(refused);
    }
  };
  const end = async (path) => {
    await send("DELETE", path, undefined, { again: true }).catch((gone) => { if (gone.status !== 404) throw gone; });
    load();
  };
  const living = tokens.filter((one) => !one.revoked_at);
  return html`<section class="panel"><${SideHead} title=${t("work_people")} />
    <form class="form" onSubmit=${make}><p class="hint">${t("people_hint")}</p>
      ${fault && html`<${Faults} fault=${fault} />`}
      <label class="field">${t("role_is")}<select value=${form.role} onChange=${(event) => setForm({ ...form, role: event.target.value })}>
        ${ROLES.map((role) => html`<option key=${role} value=${role} selected=${role === form.role}>${t(`role_${role}`)}</option>`)}</select></label>
      ${form.role === "officer" && html`<${Pick} label=${t("officer")} value=${form.officer} onPick=${(officer) => setForm({ ...form, officer })}
        options=${[...model.officers.values()].map((one) => [one.id, one.name])} />`}
      <label class="field">${t("persons_name")}<input maxlength="200" value=${form.name} placeholder=${named} onInput=${(event) => setForm({ ...form, name: event.target.value })} /></label>
      <button class="main" disabled=${!named || (form.role === "officer" && !form.officer)}>${t("make_link")}</button>
    </form>
    ${made?.address && html`<${Secret} address=${made.address} qr=${made.qr} hint=${t("link_once", { name: made.name })} />`}
    ${links.length > 0 && html`<section><h3>${t("open_links")}</h3><ul class="rows">${links.map((one) => html`<li key=${one.id}>
      <span>${who(one.name)} <small>${t(`role_${one.role}`)} · ${t("to_date", { date: fullDate(dayAt(one.expires_at)) })}</small></span>
      <button class="link" onClick=${() => end(`/v1/links/${one.id}`)}>${t("revoke")}</button></li>`)}</ul></section>`}
    <section><h3>${t("who_comes_in")}</h3><ul class="rows">${living.map((one) => html`<li key=${one.id}>
      <span>${who(one.name)} <small>${t(`role_${one.role}`)} · ${t("from_date", { date: fullDate(dayAt(one.created_at)) })}</small></span>
      ${one.id === me.get().id ? html`<small>${t("thats_you")}</small>` : html`<button class="link" onClick=${() => end(`/v1/tokens/${one.id}`)}>${t("revoke")}</button>`}</li>`)}</ul></section>
    <section><${SignOut} /></section>
  </section>`;
}

export function SignOut() {
  const leave = async () => {
    // asked again after a lost answer, nobody is signed in any more
    await send("DELETE", "/v1/session", undefined, { again: true }).catch((fault) => { if (fault.status !== 401) throw fault; });
    location.assign("/");
  };
  return html`<button class="quiet" onClick=${leave}>${t("sign_out")}</button>`;
}
