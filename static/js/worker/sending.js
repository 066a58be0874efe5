// Sends what was written without a line, once there is one, though no page is open: where the browser knows Background
// Sync. The page may send the same at the same time: the `client_id` makes that one message.

(() => {
  const TAG = "outgoing";

  self.addEventListener("sync", (event) => {
    if (event.tag === TAG) event.waitUntil(sendAll());
  });

  /** In their order. What throws here is tried again by the browser, later and less often. */
  async function sendAll() {
    const messages = await self.keptMessages.all();
    if (!messages.length) return;
    const me = await signedIn();
    for (const message of messages.filter(({ user }) => user === me)) await send(message);
  }

  /** Somebody else may have signed in since: nothing is said in their name. */
  async function signedIn() {
    const answer = await fetch(self.MEDLEY.me, { headers: { Accept: "application/json" } });
    if (answer.status >= 500) throw new Error(`${answer.status}`);
    return answer.ok ? (await answer.json()).id : null;
  }

  async function send({ client_id, conversation, token, said }) {
    const answer = await fetch(`/api/v1/conversations/${conversation}/messages/`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(said),
    });
    if (answer.ok) return self.keptMessages.drop(client_id);
    if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`);
    // Refused: the page, when it is open again, asks once more and shows why.
    await self.keptMessages.drop(client_id);
  }
})();
