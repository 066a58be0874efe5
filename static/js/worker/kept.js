// Messages that wait for a line, kept where both the page and its service worker find them: IndexedDB.
// A plain script, for the worker; a page imports it for what it leaves on `self`.

(() => {
  const STORE = "outgoing";

  const opened = () =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open("medley", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "client_id" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });

  async function within(mode, work) {
    const base = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const change = base.transaction(STORE, mode);
        const asked = work(change.objectStore(STORE));
        change.oncomplete = () => resolve(asked.result);
        change.onerror = change.onabort = () => reject(change.error);
      });
    } finally {
      base.close();
    }
  }

  /** A message is kept as `{client_id, user, token, created_at, conversation, said}`: `said` is what the door takes. */
  self.keptMessages = {
    put: (message) => within("readwrite", (store) => store.put(message)),
    drop: (clientId) => within("readwrite", (store) => store.delete(clientId)),
    clear: () => within("readwrite", (store) => store.clear()),
    /** Oldest first. */
    all: async () => {
      const messages = await within("readonly", (store) => store.getAll());
      return messages.sort((one, other) => one.created_at.localeCompare(other.created_at));
    },
  };
})();
