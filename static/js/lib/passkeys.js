// Passkeys between our server, which speaks JSON, and the browser, which wants bytes.

export const isOffered = () => Boolean(window.PublicKeyCredential && navigator.credentials);

const bytes = (words) => Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (credentials = []) => credentials.map((each) => ({ ...each, id: bytes(each.id) }));

/** Has the device make a passkey; answers what the server keeps of it. `isAlone`: it takes the place of the password. */
export async function make({ publicKey }, { isAlone }) {
  const wanted = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: listed(publicKey.excludeCredentials),
  };
  if (isAlone) wanted.authenticatorSelection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return told(await navigator.credentials.create({ publicKey: wanted }));
}

/** Has the device prove that it has one. */
export async function prove({ publicKey }) {
  const wanted = { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: listed(publicKey.allowCredentials) };
  return told(await navigator.credentials.get({ publicKey: wanted }));
}

function told(credential) {
  const { response } = credential;
  const parts = ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"];
  return {
    id: credential.id,
    rawId: words(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, words(response[part])])),
  };
}
