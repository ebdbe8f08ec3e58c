// Something happened: an absence and the like. What is said here becomes proposals to choose from.
import { go, here, useAddress } from "../address.js";
import { freshKey, post, Refused } from "../api.js";
import { html, useEffect, useState } from "../html.js";
import { fullDate } from "../dates.js";
import { reported } from "../reported.js";
import { loadRuns, shown } from "../session.js";
import { useStore } from "../store.js";
import { SideHead } from "../side.js";
import { Day } from "../parts/days.js";
import { Faults } from "../parts/faults.js";
import { useOffice } from "../parts/office.js";
import { t } from "../words.js";
import { empty, Fields, kindsOf, sentence, wanted } from "./changefields.js";
import { Proposals } from "./proposals.js";

export function Changes({ model }) {
  const { run } = useAddress();
  return html`<section class="panel"><${SideHead} title=${t("work_changes")} />
    ${run ? html`<${Proposals} key=${run} run=${run} model=${model} />` : html`<${Report} model=${model} />`}</section>`;
}

/** A change as the address carries it: `absent~o09~2012-09-03~2012-09-07`. */
function fromAddress() {
  const [, officer, first, last] = /^absent~(.*)~([^~]*)~([^~]*)$/.exec(here().change) ?? []; // an id may hold anything
  return officer ? [{ ...empty("absent"), officer, first, last }] : [];
}

/** The form to begin with: content that slips where the address names its issue. */
function begun() {
  const [, issue] = /^content-late~(.*)$/.exec(here().change) ?? [];
  return issue ? { ...empty("content-late"), issue } : empty("absent");
}

function Report({ model }) {
  const change = useAddress((at) => at.change);
  const known = useOffice(model.problem);
  const [list, setList] = useState(fromAddress);
  const [form, setForm] = useState(begun);
  const [begins, setBegins] = useState("");
  const { last, changes_from: from } = useStore(reported);
  const [frontier, setFrontier] = useState(true);
  const [meant, setMeant] = useState(false); // that what is reported may move
  const [fault, setFault] = useState(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const told = fromAddress();
    if (told.length) setList((before) => (before.some((one) => same(one, told[0])) ? before : [...before, ...told]));
  }, [change]);
  const add = (event) => {
    if (!event.currentTarget.form.reportValidity()) return; // something typed is not read yet, or cannot be
    setList([...list, form]);
    setForm(empty(form.kind));
  };
  const partly = Object.keys(form).length > 1; // more is said than the kind: it has to be whole, or it would be left out
  const early = Boolean(from && begins && begins < from);
  const start = async (event) => {
    event.preventDefault();
    const told = partly ? [...list, form] : list;
    setBusy(true);
    setFault(null);
    try {
      const asked = { changes: told.map(wanted), frontier, seconds: 15 };
      if (begins) asked[early ? "today" : "begins"] = begins; // an earlier day than all that was past: that is today then
      const run = await post(`/v1/plans/${shown.get().id}/replan`, asked, { key: freshKey() });
      await loadRuns();
      go({ panel: "changes", change: "", run: run.id, against: shown.get().id });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setFault(refused);
    }
    setBusy(false);
  };
  return html`<form class="form" onSubmit=${start}>
    <p class="hint">${t("changes_hint")}</p>
    ${fault && html`<${Faults} fault=${fault} />`}
    ${list.length > 0 && html`<ul class="told">${list.map((one, i) => html`<li key=${i}>${sentence(one, model, known)}
      <button type="button" class="link" onClick=${() => setList(list.filter((_, place) => place !== i))}>${t("take_back")}</button></li>`)}</ul>`}
    <label class="field">${t("what_happened")}<select value=${form.kind} onChange=${(event) => setForm(empty(event.target.value))}>
      ${kindsOf(known).map((kind) => html`<option key=${kind} value=${kind} selected=${kind === form.kind}>${t(`change_${kind}`)}</option>`)}</select></label>
    <${Fields} key=${`${form.kind} ${list.length}`} form=${form} model=${model} known=${known} needed=${partly || !list.length} onChange=${setForm} />
    <button type="button" class="quiet" disabled=${!partly} onClick=${add}>${t("and_more_happened")}</button>
    <${Day} label=${t("from_when")} value=${begins} onDay=${setBegins} />
    ${early ? html`<p class="late" role="alert">${last ? t("reported_would_move", { last: fullDate(last) }) : t("past_would_move", { date: fullDate(from) })}</p>
      <label class="check"><input type="checkbox" checked=${meant} onChange=${(event) => setMeant(event.target.checked)} />${last ? t("reported_may_move") : t("past_may_move")}</label>`
      : !begins && html`<p class="hint">${last ? t("changes_after_reports", { from: fullDate(from), last: fullDate(last) }) : from ? t("changes_from_plan", { date: fullDate(from) }) : t("changes_from_event")}</p>`}
    <label class="check"><input type="checkbox" checked=${frontier} onChange=${(event) => setFrontier(event.target.checked)} />${t("with_frontier")}</label>
    <button class="main" disabled=${busy || (early && !meant) || (!partly && !list.length)}>${t("propose")}</button>
  </form>`;
}

const same = (one, other) => JSON.stringify(wanted(one)) === JSON.stringify(wanted(other));
