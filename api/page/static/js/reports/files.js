// Photographs and files of a visit: sent one by one while the line is up.
import { get, post, Refused } from "../api.js";
import { html, useEffect, useState } from "../html.js";
import { Faults } from "../parts/faults.js";
import { number, t } from "../words.js";

export function Files({ visit }) {
  const [files, setFiles] = useState([]);
  const [fault, setFault] = useState(null);
  const path = `/v1/visits/${encodeURIComponent(visit)}/attachments`;
  const load = () => get(path).then(setFiles, (refused) => { if (!(refused instanceof Refused)) throw refused; });
  useEffect(() => { load(); }, [visit]);
  const add = async (event) => {
    setFault(null);
    for (const file of event.target.files) {
      try {
        await post(`${path}?name=${encodeURIComponent(file.name.slice(0, 120))}`, file, { again: true });
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        setFault(refused);
      }
    }
    load();
  };
  return html`<fieldset><legend>${t("attachments")}</legend>
    ${fault && html`<${Faults} fault=${fault} />`}
    <ul>${files.map((one) => html`<li key=${one.id}><a href=${`${path}/${one.id}`} download=${one.name}>${one.name}</a> <small>${number(one.size / 1000)} kB</small></li>`)}</ul>
    <label>${t("add_file")}<input type="file" multiple accept="image/jpeg,image/png,image/webp,application/pdf" onChange=${add} /></label></fieldset>`;
}
