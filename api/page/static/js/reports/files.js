// Photographs and files of a visit: sent at once while the line is up, else kept here and sent after the report.
import { get, Refused } from "../api.js";
import { html, useEffect, useState } from "../html.js";
import { Faults } from "../parts/faults.js";
import { Icon } from "../parts/icons.js";
import { useStore } from "../store.js";
import { number, t } from "../words.js";
import { flush } from "./outbox.js";
import { dropFile, files as waitingFiles, keepFile, refusals } from "./waiting.js";

/** Bytes that a file may have, and files that a visit may have: the service takes no more. */
const LARGEST = 5_000_000;
const MOST = 12;

export function Files({ season, visit }) {
  const [files, setFiles] = useState([]);
  const [fault, setFault] = useState(null);
  const waiting = useStore(waitingFiles, (all) => all.filter((one) => one.visit === visit && one.season === season).length);
  const refused = useStore(refusals, (all) => all.get(visit));
  const path = `/v1/visits/${encodeURIComponent(visit)}/attachments`;
  useEffect(() => {
    get(path).then(setFiles, (told) => { if (!(told instanceof Refused)) throw told; });
  }, [visit, waiting]);
  const mine = waitingFiles.get().filter((one) => one.visit === visit && one.season === season);
  const refuse = (code, file) => setFault({ faults: [{ code, where: file.name, cause: t(`file_${code}`), remedy: t(`file_${code}_remedy`) }] });
  const add = async (event) => {
    const chosen = [...event.target.files];
    event.target.value = "";
    setFault(null);
    refusals.set((all) => new Map([...all].filter(([id]) => id !== visit)));
    for (const [place, file] of chosen.entries()) {
      if (file.size > LARGEST) refuse("body-too-large", file);
      else if (files.length + mine.length + place >= MOST) refuse("attachment-full", file);
      else await keepFile(season, visit, file).catch(() => refuse("file-unwritable", file));
    }
    flush(season);
  };
  const told = fault ?? refused;
  return html`<fieldset><legend>${t("attachments")}</legend>
    ${told && html`<${Faults} fault=${told} />`}
    <ul>${files.map((one) => html`<li key=${one.id}><a href=${`${path}/${one.id}`} download=${one.name}>${one.name}</a> <small>${number(one.size / 1000)} kB</small></li>`)}
      ${mine.map((one) => html`<li class="waitingfile" key=${`waits ${one.key}`}>${one.name} <small>${number(one.file.size / 1000)} kB · ${t("file_waits")}</small>
        <button class="link" type="button" onClick=${() => dropFile(one.key)}>${t("take_out")}</button></li>`)}</ul>
    <label class="quiet filebutton"><${Icon} name="add" />${t("add_file")}<input class="unseen" type="file" multiple accept="image/jpeg,image/png,image/webp,application/pdf" onChange=${add} /></label></fieldset>`;
}
