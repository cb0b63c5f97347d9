// Passkeys: asks the server for its question, lets the browser answer, and sends the answer with the form around the
// button. Until then the button waits; without passkeys in this browser it goes, and the sentence for that shows.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const ready = (options) => {
  const readyKeys = (keys) => keys?.map((key) => ({ ...key, id: toBytes(key.id) }));
  const ready = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) ready.excludeCredentials = readyKeys(options.excludeCredentials);
  if (options.allowCredentials) ready.allowCredentials = readyKeys(options.allowCredentials);
  return ready;
};

const answerOf = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
};

const ask = async (button) => {
  const form = button.form;
  const question = await fetch(button.dataset.passkey, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    redirect: "error",
  });
  if (!question.ok) throw new Error(question.status);
  const { publicKey } = await question.json();
  const make = button.hasAttribute("data-make");
  const credential = await navigator.credentials[make ? "create" : "get"]({ publicKey: ready(publicKey) });
  form.elements.credential.value = answerOf(credential);
  form.submit();
};

for (const button of document.querySelectorAll("[data-passkey]")) {
  const help = button.form.querySelector("[data-no-passkey]");
  button.disabled = !window.PublicKeyCredential;
  button.hidden = button.disabled;
  if (button.disabled && help) help.hidden = false;
  button.addEventListener("click", async () => {
    const failed = button.form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    button.disabled = true;
    try {
      await ask(button);
    } catch {
      failed.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}
