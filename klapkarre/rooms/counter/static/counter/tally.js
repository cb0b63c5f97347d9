// One tap is one visitor, whatever the network does. Each tap gets its key at the moment of the tap, waits its turn in
// a queue that survives a reload of the tab, and leaves the queue only when the server said that it counted.
// Without this module the same forms post and the page comes back whole.
const form = document.querySelector("[data-tally]");
const box = document.querySelector("[data-unsent]");
const words = document.querySelector("[data-words]").dataset;
const said = document.getElementById("said");
const shelf = `tikken ${location.pathname}`;
const PATIENCE = 10000;
let queue = [];
let busy = false;

function key() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function keep() {
  try {
    if (queue.length) sessionStorage.setItem(shelf, JSON.stringify(queue));
    else sessionStorage.removeItem(shelf);
  } catch { /* A full or closed shelf: the queue in memory still stands. */ }
  for (const tile of form.querySelectorAll("[name=reason]"))
    tile.classList.toggle("waits", queue.some((item) => item.values.reason === tile.value));
}

function fail(sentence) {
  box.querySelector("[data-sentence]").textContent = sentence;
  const waiting = box.querySelector("[data-waiting]");
  waiting.textContent = queue.length === 1 ? words.one : words.more.replace("{n}", queue.length);
  box.querySelector("[data-again]").hidden = !queue.length;
  box.hidden = false;
  said.textContent = "";
}

// The answer of a login page or a proxy looks like success to the network: only our own header counts.
const counted = (answer) => answer.status === 200 && answer.getResponseHeader("Klapkarre-Tally") === "counted";

// What went wrong, and whether sending the same again can ever help.
function outcome(answer) {
  if (!answer || !answer.status || answer.status >= 500) return { sentence: words.failed, final: false };
  if (answer.status === 401 || new URL(answer.responseURL || location.href).pathname.startsWith("/login"))
    return { sentence: words.out, final: false };
  if (answer.status === 403) return { sentence: words.reload, final: false };
  return { sentence: words.refused, final: true };
}

// Send one item; the answer of the server, or null when none came.
async function post(item) {
  let answer = null;
  const hear = (event) => { answer = event.detail.xhr; };
  form.addEventListener("htmx:afterRequest", hear, { once: true });
  try {
    await window.htmx.ajax("POST", item.action, {
      source: form, target: "#stand", swap: "outerHTML", values: item.values,
    });
  } catch { /* What came of it stands in `answer`. */ }
  form.removeEventListener("htmx:afterRequest", hear);
  return answer;
}

// One at a time and in order, until the queue is empty or something is wrong.
async function send() {
  if (busy) return;
  busy = true;
  while (queue.length) {
    const item = queue[0];
    const answer = await post(item);
    const wrong = answer && counted(answer) ? null : outcome(answer);
    if (!wrong || wrong.final) {
      queue.shift();
      keep();
    }
    if (wrong) {
      fail(wrong.sentence);
      break;
    }
    box.hidden = true;
    if (item.values.visit && document.activeElement === document.body) form.querySelector("button").focus();
  }
  busy = false;
}

function add(action, values) {
  queue.push({ action, values });
  keep();
  send();
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!counted(event.detail.xhr)) event.detail.shouldSwap = false;
});
// This page says itself what happened: the general sentence of the kit would call a waiting tap lost.
for (const name of ["sendError", "responseError", "timeout"])
  form.addEventListener(`htmx:${name}`, (event) => event.stopPropagation());
form.addEventListener("htmx:configRequest", (event) => { event.detail.timeout = PATIENCE; });
document.addEventListener("submit", (event) => {
  if (!window.htmx) return;
  const from = event.target;
  if (from === form && event.submitter) add(form.action, { key: key(), reason: event.submitter.value });
  else if (from.matches("[data-undo]")) add(from.action, { visit: from.elements.visit.value });
  else return;
  event.preventDefault();
});
box.querySelector("[data-again] button").addEventListener("click", send);
addEventListener("online", send);
addEventListener("beforeunload", (event) => { if (queue.length) event.preventDefault(); });

try {
  queue = JSON.parse(sessionStorage.getItem(shelf)) ?? [];
} catch { /* Nothing readable was left behind. */ }
if (queue.length && window.htmx) { keep(); send(); }
