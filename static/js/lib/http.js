// Requests to our own server: CSRF token sent, problem+json answers thrown with their code.

/** What the server said no with: `status`, a stable `code`, a sentence as `message`, the whole `problem`. */
export class HttpProblem extends Error {
  constructor(status, problem) {
    super(problem.detail || gettext("That did not work. Please try again."));
    this.name = "HttpProblem";
    this.status = status;
    this.code = problem.code || "unknown";
    this.problem = problem;
  }
}

const csrfToken = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** fetch(), with our headers; rejects with HttpProblem on 4xx and 5xx, with TypeError when there is no line. */
export async function request(url, { method = "GET", body, headers = {}, ...options } = {}) {
  const isJSON = body !== undefined && !(body instanceof FormData) && typeof body !== "string";
  const answer = await fetch(url, {
    method,
    body: isJSON ? JSON.stringify(body) : body,
    credentials: "same-origin",
    headers: {
      Accept: "application/json, application/problem+json",
      ...(isJSON ? { "Content-Type": "application/json" } : {}),
      ...(method === "GET" ? {} : { "X-CSRFToken": csrfToken() }),
      ...headers,
    },
    ...options,
  });
  if (answer.ok) return answer;
  throw new HttpProblem(answer.status, await answer.json().catch(() => ({})));
}

const asJSON = (answer) => (answer.status === 204 ? null : answer.json());

export const getJSON = async (url, options) => asJSON(await request(url, options));
export const postJSON = async (url, body = {}, options) => asJSON(await request(url, { ...options, method: "POST", body }));
export const putJSON = async (url, body = {}, options) => asJSON(await request(url, { ...options, method: "PUT", body }));
export const patchJSON = async (url, body = {}, options) => asJSON(await request(url, { ...options, method: "PATCH", body }));
export const deleteJSON = async (url, options) => asJSON(await request(url, { ...options, method: "DELETE" }));

/** A fragment of HTML, as htmx would ask for it. */
export async function getText(url, options = {}) {
  const answer = await request(url, { ...options, headers: { Accept: "text/html", "HX-Request": "true" } });
  return answer.text();
}
