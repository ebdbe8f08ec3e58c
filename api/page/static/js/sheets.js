// Reads the sheets of a workbook (.xlsx) in the browser, so that faults can stand beside the cells they are in.
// A workbook is a zip archive of XML files; browsers can inflate and parse both.

/** The sheets of a workbook by name: each its rows by number, each row its cells by column letter, as text. */
export async function sheetsOf(file) {
  const parts = await unzip(await file.arrayBuffer());
  const xml = async (path) => {
    const part = parts.get(path);
    return part ? new DOMParser().parseFromString(new TextDecoder().decode(await part()), "application/xml") : null;
  };
  const shared = [...((await xml("xl/sharedStrings.xml"))?.getElementsByTagName("si") ?? [])].map(textOf);
  const links = new Map([...((await xml("xl/_rels/workbook.xml.rels"))?.getElementsByTagName("Relationship") ?? [])]
    .map((one) => [one.getAttribute("Id"), one.getAttribute("Target").replace(/^\/?(xl\/)?/, "xl/")]));
  const sheets = new Map();
  for (const sheet of (await xml("xl/workbook.xml"))?.getElementsByTagName("sheet") ?? []) {
    const body = await xml(links.get(sheet.getAttribute("r:id")));
    if (body) sheets.set(sheet.getAttribute("name"), rowsOf(body, shared));
  }
  return sheets;
}

const textOf = (node) => [...node.getElementsByTagName("t")].map((one) => one.textContent).join("");

function rowsOf(body, shared) {
  const rows = new Map();
  for (const row of body.getElementsByTagName("row")) {
    const cells = new Map();
    for (const cell of row.getElementsByTagName("c")) {
      const value = cell.getElementsByTagName("v")[0]?.textContent ?? "";
      const kind = cell.getAttribute("t");
      const text = kind === "s" ? shared[Number(value)] : kind === "inlineStr" ? textOf(cell) : value;
      if (text) cells.set(cell.getAttribute("r").replace(/\d+/g, ""), text);
    }
    rows.set(Number(row.getAttribute("r")), cells);
  }
  return rows;
}

/** The files of a zip archive: path -> a function that inflates it. */
async function unzip(buffer) {
  const view = new DataView(buffer);
  let end = buffer.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  const parts = new Map();
  if (end < 0) return parts;
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0 && view.getUint32(at, true) === 0x02014b50; count -= 1) {
    const [method, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const local = view.getUint32(at + 42, true);
    const path = new TextDecoder().decode(new Uint8Array(buffer, at + 46, name));
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    parts.set(path, () => inflate(new Uint8Array(buffer, from, size), method));
    at += 46 + name + extra + comment;
  }
  return parts;
}

async function inflate(bytes, method) {
  if (method === 0) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
