// One event stream for all tabs of a browser: a connection of its own for each would use up those that there are.
const ports = new Set();
let source = null;
let standing = null;

function tell(message) {
  for (const port of ports) port.postMessage(message);
}

function listen() {
  source = new EventSource("/v1/events");
  source.onopen = () => tell({ kind: "open" });
  source.onerror = () => {
    tell({ kind: "down" });
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
  for (const kind of ["standing", "published", "run", "draft"]) {
    source.addEventListener(kind, (event) => {
      const message = { kind, data: JSON.parse(event.data) };
      if (kind === "standing") standing = message;
      else if (kind === "published" && standing) standing.data.publication = message.data;
      tell(message);
    });
  }
}

onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = ({ data }) => { if (data === "leave") ports.delete(port); };
  if (!source) listen();
  else if (standing && source.readyState === EventSource.OPEN) {
    port.postMessage({ kind: "open" });
    port.postMessage(standing);
  }
};
