// This browser as a device that is told: subscribed at its push service, and known to the server for this session.

import { deleteJSON, getJSON, postJSON } from "./http.js";

const DEVICES = "/api/v1/me/devices/";
const WORKER = "/sw.js";
const KEPT = () => `medley.device.${document.body.dataset.userId}`;

/** Whether this browser can be told of things while no page of ours is open. */
export const isSupported = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** "on", "off", "blocked" or "unsupported". */
export async function standing() {
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "blocked";
  return known() && (await subscription()) ? "on" : "off";
}

/** Subscribe and register; call it in a press, for the browser asks the person. Throws where the server or it says no. */
export async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") return;
  const { vapid_public_key: key } = await getJSON(DEVICES);
  await register(await subscribed(key));
}

/** The server forgets this browser, and its push service the subscription. */
export async function turnOff() {
  const device = known();
  await forget();
  if (device) await deleteJSON(`${DEVICES}${device.id}/`).catch(ignoreMissing);
}

/** The server has forgotten it already: so does the rest. */
export async function forget() {
  localStorage.removeItem(KEPT());
  await (await subscription())?.unsubscribe();
}

/** Register again what was turned on here, where the session or the subscription is another by now. */
export async function renew() {
  const device = known();
  if (!device || !isSupported() || Notification.permission !== "granted") return;
  const current = await subscription();
  if (current && current.endpoint === device.endpoint && device.session === document.body.dataset.session) return;
  const { vapid_public_key: key } = await getJSON(DEVICES);
  await register(current ?? (await subscribed(key)));
}

/** Take what is shown of these off the screen, or (null) all that is shown of activity. */
export async function closeShown(ids) {
  const worker = await registration();
  for (const shown of (await worker?.getNotifications()) ?? []) {
    if (shown.data?.id && (ids === null || ids.includes(shown.data.id))) shown.close();
  }
}

/** What the server was told of this browser for this person: `{id, endpoint, session}`, or null. */
export function known() {
  try {
    return JSON.parse(localStorage.getItem(KEPT()));
  } catch {
    return null;
  }
}

const registration = async () => (isSupported() ? navigator.serviceWorker.getRegistration() : undefined);

const subscription = async () => (await registration())?.pushManager.getSubscription();

async function subscribed(key) {
  (await registration()) ?? (await navigator.serviceWorker.register(WORKER, { updateViaCache: "none" }));
  const { pushManager } = await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  try {
    return await pushManager.subscribe(wanted);
  } catch (error) {
    // One that was made with another key of the server's stands in the way.
    const old = await pushManager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return pushManager.subscribe(wanted);
  }
}

async function register(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const { id } = await postJSON(DEVICES, { kind: "web", address: endpoint, keys });
  const { session } = document.body.dataset;
  localStorage.setItem(KEPT(), JSON.stringify({ id, endpoint, session }));
}

const bytes = (base64url) =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

const ignoreMissing = (error) => {
  if (error.status !== 404) throw error;
};
