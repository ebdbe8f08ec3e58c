// Print and export: the documents of the plan on show, for all or for what the filters name; and calendars to follow.
import { useAddress } from "../address.js";
import { get, post, Refused, send } from "../api.js";
import { html, useEffect, useState } from "../html.js";
import { current, me, shown } from "../session.js";
import { Pick } from "../parts/fields.js";
import { SideHead } from "../side.js";
import { useStore } from "../store.js";
import { refuse, toast } from "../toasts.js";
import { Icon } from "../parts/icons.js";
import { lang, t } from "../words.js";

const OPENED = ["html", "requests"];
const KEPT = ["xlsx", "csv", "ics", "geojson", "plan"];

export function Documents({ model }) {
  const { id } = useStore(shown);
  const at = useAddress();
  const { published } = useStore(current);
  const chosen = [at.officer && ["officer", at.officer], at.district && ["district", at.district]].filter(Boolean);
  const path = (format) => `/v1/plans/${id}/calendar?${new URLSearchParams([["format", format], ["lang", lang()], ...chosen])}`;
  const said = chosen.map(([key, value]) => (key === "officer" ? model.officers.get(value)?.name ?? value : value)).join(", ");
  return html`<section class="panel"><${SideHead} title=${t("work_documents")} />
    <p class="hint">${said ? t("documents_of", { what: said }) : t("documents_of_all")}</p>
    <ul class="documents">
      ${OPENED.map((format) => html`<li key=${format}><a target="_blank" rel="noopener" href=${path(format)}><${Icon} name="print" /><b>${t(`doc_${format}`)}</b></a><small>${t(`doc_${format}_long`)}</small></li>`)}
      ${KEPT.map((format) => html`<li key=${format}><a download href=${path(format)}><b>${t(`doc_${format}`)}</b></a><small>${t(`doc_${format}_long`)}</small></li>`)}
      <li><button class="link" onClick=${() => print()}><${Icon} name="print" /><b>${t("print_view")}</b></button><small>${t("print_view_long")}</small></li>
    </ul>
    ${published ? html`<${Feeds} model=${model} />` : html`<p class="hint">${t("feeds_after_publishing")}</p>`}
  </section>`;
}

/** Calendars that phones follow: made here, shown once with a QR code, revoked here. */
export function Feeds({ model, officer }) {
  const [list, setList] = useState([]);
  const [whose, setWhose] = useState(officer ? `officer ${officer}` : "");
  const [made, setMade] = useState(null);
  const load = () => get("/v1/feeds").then(setList, () => {});
  useEffect(() => { load(); }, []);
  const make = async () => {
    const [, kind, id] = /^(\w+) (.*)$/s.exec(whose); // an id may have blanks of its own
    try {
      setMade(await post("/v1/feeds", { [kind]: id, lang: lang() }));
      load();
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      refuse(refused);
    }
  };
  const revoke = async (id) => {
    await send("DELETE", `/v1/feeds/${id}`, undefined, { again: true }).catch((fault) => { if (fault.status !== 404) throw fault; });
    if (made?.id === id) setMade(null);
    load();
  };
  const name = (feed) => model.officers.get(feed.officer)?.name ?? model.cooperatives.get(feed.cooperative)?.name ?? feed.officer ?? feed.cooperative;
  return html`<section class="feeds"><h3>${t("feeds")}</h3><p class="hint">${t("feeds_hint")}</p>
    ${!officer && html`<${Pick} label=${t("whose_calendar")} value=${whose} onPick=${setWhose} options=${[
      ...[...model.officers.values()].map((one) => [`officer ${one.id}`, one.name]),
      ...[...model.cooperatives.values()].map((one) => [`cooperative ${one.id}`, one.name])]} />`}
    <button class="quiet" disabled=${!whose} onClick=${make}>${t("make_feed")}</button>
    ${made?.address && html`<${Secret} address=${made.address} qr=${made.qr} hint=${t("feed_once")} />`}
    ${list.length > 0 && html`<ul class="rows">${list.map((feed) => html`<li key=${feed.id}><span>${name(feed)}</span>
      <button class="link" onClick=${() => revoke(feed.id)}>${t("revoke")}</button></li>`)}</ul>`}
    ${me.get().role === "planner" && list.length === 0 && html`<p class="hint">${t("no_feeds")}</p>`}
  </section>`;
}

/** Whether an address leads to the very machine that opens it. */
const isOwn = (address) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname);

/** An address that is shown once: to copy, or to point a phone at. */
export function Secret({ address, qr, hint }) {
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    toast(t("copied"));
  };
  return html`<div class="secret"><p>${hint}</p>${isOwn(address) && html`<p class="late" role="note">${t("address_is_own")}</p>`}<input readonly value=${address} aria-label=${t("address")} onFocus=${(event) => event.target.select()} />
    <div class="actions"><button class="quiet" onClick=${copy}>${t("copy")}</button></div>
    ${qr && html`<img class="qr" src=${qr} alt=${t("qr_alt")} width="180" height="180" />`}</div>`;
}
