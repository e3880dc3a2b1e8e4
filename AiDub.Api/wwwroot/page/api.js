// The API over fetch: JSON in and out, one shape of error, a token when one is asked for.

import { askToken, currentToken, currentUser } from './session.js';

/** What the API refused, or why it could not be reached. */
export class ApiError extends Error {
  constructor(status, body) {
    super(body?.msg ?? 'The service does not answer; it may be restarting.');
    this.status = status;
    this.code = body?.error_code ?? body?.msg_code ?? (status ? `http_${status}` : 'unreachable');
    this.msgCode = body?.msg_code;
    this.fields = body?.errors ?? [];
  }

  /** Whether there is no such endpoint, as opposed to no such dub. */
  get isMissingRoute() {
    return (this.status === 404 && this.msgCode === 'not_found') || this.status === 405;
  }
}

/** An address of the API, below whatever path the page itself is at. */
export const addressOf = path => new URL(path, document.baseURI).href;

/** The headers of every request. */
export const headers = more => ({ ...(currentToken() ? { Authorization: `Bearer ${currentToken()}` } : {}), ...more });

/** A path with who asks in its query. */
export function forUser(path) {
  const user = currentUser();
  return user === null ? path : `${path}${path.includes('?') ? '&' : '?'}user_id=${encodeURIComponent(user)}`;
}

/** A body with who asks in it. */
export const withUser = body => (currentUser() === null ? body : { user_id: currentUser(), ...body });

/** A fetch that asks for a token when the API does; answers the response, whatever its status. */
export async function send(path, { method = 'GET', body, signal, accept = 'application/json', more } = {}) {
  for (;;) {
    let response;
    try {
      response = await fetch(addressOf(path), {
        method,
        signal,
        body: body === undefined ? undefined : JSON.stringify(body),
        headers: headers({ Accept: accept, ...more, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) }),
      });
    } catch (error) {
      throw signal?.aborted ? error : new ApiError(0);
    }
    if (response.status !== 401) return response;
    await askToken(await response.json().catch(() => null));
  }
}

/** The JSON of a good answer; null of an empty one. */
export async function call(path, options) {
  const response = await send(path, options);
  const body = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, body);
  return body;
}

export const languages = () => call('ai_dub/languages');
export const submit = order => call('ai_dub', { method: 'POST', body: withUser(order) });
export const poll = (id, signal) => call('ai_dub/progress', { method: 'POST', body: withUser({ request_id: id }), signal });
export const dub = id => call(forUser(`ai_dub/${id}`));
export const remove = id => call(forUser(`ai_dub/${id}`), { method: 'DELETE' });
export const retry = id => call(`ai_dub/${id}/retry`, { method: 'POST', body: withUser({}) });
export const segments = id => call(forUser(`ai_dub/${id}/segments`));
export const editSegment = (id, index, edit) => call(`ai_dub/${id}/segments/${index}`, { method: 'PATCH', body: withUser(edit) });
export const render = (id, revision) => call(`ai_dub/${id}/render`, { method: 'POST', body: withUser({ revision }) });
