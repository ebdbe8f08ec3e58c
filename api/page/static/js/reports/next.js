// The next quarter: the office's workbook in, its tables for the next horizon out.
import { Refused, line } from "../api.js";
import { html, useState } from "../html.js";
import { Faults } from "../parts/faults.js";
import { lang, t } from "../words.js";

export function NextQuarter() {
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [file, setFile] = useState(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState(null);
  const make = async (event) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      keep(await asked(`/v1/next-quarter?first=${first}&last=${last}&lang=${lang()}`, file));
    } catch (refused) {
      if (!(refused instanceof Refused)) line.set({ up: false });
      setFault(refused);
    }
    setBusy(false);
  };
  return html`<h3>${t("next_quarter_of")}</h3><p class="hint">${t("next_quarter_hint")}</p>
    ${fault && html`<${Faults} fault=${fault} />`}
    <form class="report" onSubmit=${make}>
      <div class="row"><label>${t("first_day")}<input type="date" required value=${first} onInput=${(event) => setFirst(event.target.value)} /></label>
        <label>${t("last_day")}<input type="date" required value=${last} onInput=${(event) => setLast(event.target.value)} /></label></div>
      <label>${t("office_workbook")}<input type="file" required accept=".xlsx" onChange=${(event) => setFile(event.target.files[0])} /></label>
      <div class="actions"><button class="main" type="submit" disabled=${busy}>${t("make_next")}</button></div></form>`;
}

async function asked(path, file) {
  const body = new Blob([file], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": body.type }, body });
  if (!answer.ok) throw new Refused(answer.status, await answer.json());
  return answer.blob();
}

/** Hand the archive to the reader as a file. */
function keep(archive) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(archive);
  link.download = "next.zip";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
