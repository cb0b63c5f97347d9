// Small help on top of pages that work without it: focus for the error summary, and a print button.
const look = () => document.querySelector(".error-summary:not(:focus)")?.focus();
addEventListener("load", () => requestAnimationFrame(() => setTimeout(look))); // after autofocus had its turn
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

// Who goes back and presses again sends the same form, not a second one: its key stays with its place in the history.
// Who types another name there begins anew.
const once = document.querySelector("form[data-once]"), key = once?.elements.key, fresh = key?.value;
if (once) {
  if (history.state?.key) key.value = history.state.key;
  const keep = () => history.replaceState({ key: key.value }, "");
  keep();
  once.addEventListener("input", ({ target }) => {
    if (!/^(name|friend)/.test(target.name) || key.value === fresh) return;
    key.value = fresh;
    keep();
  });
}

// Read aloud, sentence by sentence. Only with a voice of the device itself: others send the text to their maker.
const button = document.querySelector(".read"), speech = globalThis.speechSynthesis;
const BLOCKS = "h1, h2, h3, p, li, dt, dd, th, td, label, legend, summary, blockquote";
let queue = [];
const voice = (lang) => speech.getVoices().find((one) => one.localService && one.lang.slice(0, 2).toLowerCase() === lang.slice(0, 2));
const offer = () => { button.hidden = !voice(document.documentElement.lang); };

function* sentences(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), parts = [];
  for (let node; (node = walker.nextNode()); ) {
    const lang = node.parentElement.closest("[lang]").lang, last = parts.at(-1);
    if (last?.lang === lang) last.nodes.push(node);
    else parts.push({ lang, nodes: [node] });
  }
  for (const { lang, nodes } of parts) {
    const text = nodes.map((node) => node.data).join("");
    const at = (place) => { // the node and the place in it
      for (const node of nodes) { if (place <= node.length) return [node, place]; place -= node.length; }
    };
    for (const { segment, index } of new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text)) {
      if (!/[\p{L}\p{N}]/u.test(segment)) continue;
      const range = new Range();
      range.setStart(...at(index));
      range.setEnd(...at(index + segment.trimEnd().length));
      yield { lang, range, text: segment.replace(/\s+/g, " ").trim() };
    }
  }
}

function stop() {
  queue = [];
  speech.cancel();
  globalThis.CSS?.highlights?.delete("read");
  show(false);
}

function show(reading) { // the words on the button say what it does now
  const word = button.querySelector("span");
  if ("reading" in button.dataset === reading) return;
  [word.textContent, button.dataset.other] = [button.dataset.other, word.textContent];
  button.toggleAttribute("data-reading", reading);
}

function next() {
  const one = queue.shift();
  if (!one) return stop();
  const said = new SpeechSynthesisUtterance(one.text);
  said.lang = one.lang;
  said.voice = voice(one.lang) ?? null;
  if (!said.voice) return next(); // Dutch in a page for which only another voice is there
  if (globalThis.Highlight) CSS.highlights.set("read", new Highlight(one.range));
  one.range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  said.onend = () => queue.reading && next();
  said.onerror = stop;
  speech.speak(said);
}

if (button && speech && Intl.Segmenter) {
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => speech.cancel());
  addEventListener("play", stop, true); // a recorded voice: one at a time
  button.addEventListener("click", () => {
    if ("reading" in button.dataset) return stop();
    const blocks = [...document.querySelectorAll(`main :is(${BLOCKS})`)];
    const seen = blocks.filter((one) => !one.querySelector(BLOCKS) && one.checkVisibility?.() !== false);
    queue = seen.flatMap((one) => [...sentences(one)]);
    queue.reading = true;
    for (const one of document.querySelectorAll("audio")) one.pause();
    show(true);
    next();
  });
}
