// The next quarter: what changes in the office's tables and why, line by line; each line can be overruled by a click.
import { post, Refused } from "../api.js";
import { fullDate, monthAhead, plus } from "../dates.js";
import { html, names, useState } from "../html.js";
import { Day } from "../parts/days.js";
import { Faults } from "../parts/faults.js";
import { SideHead } from "../side.js";
import { count, head, lang, t } from "../words.js";
import { Kept, WORKBOOK } from "./upload.js";

export function NextQuarter({ model }) {
  const [asked, setAsked] = useState(() => following([...model.workdays].at(-1)));
  const [found, setFound] = useState(null);
  const [kept, setKept] = useState(null);
  const [fault, setFault] = useState(null);
  const [busy, setBusy] = useState(false);
  const work = async (what) => {
    setBusy(true);
    setFault(null);
    try {
      await what();
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setFault(refused);
    }
    setBusy(false);
  };
  const show = (event) => {
    event.preventDefault();
    setKept(null);
    work(async () => setFound(await post(`/v1/next-quarter?lang=${lang()}`, asked, { again: true })));
  };
  const refuse = (keys, refused) => {
    const rest = (asked.refuse ?? []).filter((key) => !keys.includes(key));
    setKept(null);
    setAsked({ ...asked, refuse: refused ? [...rest, ...keys] : rest });
  };
  const change = (part) => {
    setFound(null);
    setKept(null);
    setAsked({ ...asked, refuse: [], ...part });
  };
  const own = (file) => file && work(async () => change({ problem: (await post("/v1/problems", new Blob([file], { type: WORKBOOK }), { again: true })).id }));
  return html`<section class="panel nextquarter"><${SideHead} title=${t("work_next")} />
    <p class="hint">${t("next_hint")}</p>
    ${fault && html`<${Faults} fault=${fault} />`}
    <form class="report" onSubmit=${show}>
      <div class="row"><${Day} label=${t("first_day")} value=${asked.first} required=${true} onDay=${(first) => change({ first })} />
        <${Day} label=${t("last_day")} value=${asked.last} required=${true} onDay=${(last) => change({ last })} /></div>
      <details><summary>${t("next_own_tables")}</summary><label>${t("office_workbook")}<input type="file" accept=".xlsx" onChange=${(event) => own(event.target.files[0])} /></label></details>
      <div class="actions"><button class="main" type="submit" disabled=${busy}>${t("show_lines")}</button></div></form>
    ${found && html`<${Lines} found=${found} refused=${new Set(asked.refuse)} onRefuse=${refuse} />
      <div class="actions"><button class="main" disabled=${busy} onClick=${() => work(async () => setKept(await post("/v1/problems/next-quarter", asked, { again: true })))}>${t("keep_next")}</button>
        ${["xlsx", "zip"].map((format) => html`<button key=${format} class="quiet" disabled=${busy} onClick=${() => work(() => save(asked, format))}>${t(`next_${format}`)}</button>`)}</div>`}
    ${kept && html`<${Kept} kept=${kept} />`}</section>`;
}

/** The three whole months after a day. */
const following = (last) => {
  const first = monthAhead(last, 1);
  return { first, last: plus(monthAhead(first, 3), -1), refuse: [] };
};

function Lines({ found, refused, onRefuse }) {
  const tables = [...new Set(found.lines.map((line) => line.table))];
  return html`<p role="status"><b>${count("n_lines", found.lines.length)}</b>${refused.size > 0 && html` · ${count("n_refused", refused.size)}`}</p>
    ${found.warnings.map((one) => html`<p class="late" key=${one.cause}>${one.cause} <small>${one.remedy}</small></p>`)}
    ${found.faults.length > 0 && html`<p class="late">${t("next_unplannable")}</p><${Faults} fault=${found} />`}
    ${found.unreported > 0 && html`<p class="late">${count("unreported_warning", found.unreported)} <small>${t("unreported_up_to", { date: fullDate(found.day) })}</small></p>`}
    ${tables.map((table) => html`<${Table} key=${table} name=${table} lines=${found.lines.filter((line) => line.table === table)} refused=${refused} onRefuse=${onRefuse} />`)}`;
}

function Table({ name, lines, refused, onRefuse }) {
  const keys = lines.map((line) => line.key);
  const taken = keys.filter((key) => !refused.has(key)).length;
  return html`<details class="lines" open=${lines.length <= 12}><summary>${name} (${taken === keys.length ? keys.length : `${taken}/${keys.length}`})</summary>
    <div class="widetable"><table><thead><tr><th><input type="checkbox" aria-label=${`${t("take_all_lines")} ${name}`} checked=${taken > 0}
        onChange=${(event) => onRefuse(keys, !event.target.checked)} /></th>
      ${["row", "column", "before", "after", "why"].map((key) => html`<th key=${key}>${head(key)}</th>`)}</tr></thead>
      <tbody>${lines.map((line) => html`<tr key=${line.key} class=${names("", { refused: refused.has(line.key) })}>
        <td><input type="checkbox" aria-label=${`${t("take_line")} ${line.row} ${line.column}`} checked=${!refused.has(line.key)}
          onChange=${(event) => onRefuse([line.key], !event.target.checked)} /></td>
        <td>${line.row}</td><td>${line.column}</td><td>${line.before}</td><td>${line.after}</td><td>${line.why}</td></tr>`)}</tbody></table></div></details>`;
}

/** Hand the next office to the reader as a file. */
async function save(asked, format) {
  const file = await post(`/v1/next-quarter?format=${format}&lang=${lang()}`, asked, { again: true, file: true });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = format === "xlsx" ? "office.xlsx" : "next.zip";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
