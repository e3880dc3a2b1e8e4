// The API over fetch: JSON in and out, one shape of error, a token when one is asked for, patience while it is away.

import { isBack, untilBack } from './online.js';
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
}

/** A text as a sentence: what an answer says begins small and ends without a stop. */
export const sentence = text => `${text[0].toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;

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

/**
 * A fetch that asks for a token when the API does, and again when the service was away: what is sent must do no harm when it is sent
 * twice. Answers the response, whatever its status.
 */
export async function send(path, { method = 'GET', body, signal, accept = 'application/json', more } = {}) {
  for (;;) {
    const token = currentToken();
    let response;
    try {
      response = await fetch(addressOf(path), {
        method,
        signal,
        body: body === undefined ? undefined : JSON.stringify(body),
        headers: headers({ Accept: accept, ...more, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) }),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      await untilBack(0, 0, signal);
      continue;
    }
    if (response.status === 503) {
      await untilBack(503, Number(response.headers.get('Retry-After')) || 2, signal);
      continue;
    }
    isBack();
    if (response.status !== 401) return response;
    await askToken(await response.json().catch(() => null), token);
  }
}

/** The JSON of a good answer; null of an empty one. Asks again where the answer broke off. */
export async function call(path, options) {
  for (;;) {
    const response = await send(path, options);
    let body = null;
    try {
      if (response.status !== 204) body = await response.json();
    } catch (error) {
      if (options?.signal?.aborted) throw error;
      // An answer that breaks off is none: the service was stopped meanwhile.
      if (response.ok && !(error instanceof SyntaxError)) {
        await untilBack(0, 0, options?.signal);
        continue;
      }
    }
    if (!response.ok) throw new ApiError(response.status, body);
    return body;
  }
}

const query = fields => new URLSearchParams(Object.entries(fields).filter(([, value]) => value)).toString();

export const capabilities = () => call('ai_dub/capabilities');
export const languages = () => call('ai_dub/languages');
export const voices = lang => call(forUser(`ai_dub/voices?${query({ to_lang: lang })}`));
export const estimate = (fields, signal) => call(forUser(`ai_dub/estimate?${query(fields)}`), { signal });
export const dubs = (cursor, signal) => call(forUser(`ai_dub?${query({ limit: 50, cursor })}`), { signal });
export const dub = (id, signal) => call(forUser(`ai_dub/${id}`), { signal });
export const source = (id, signal) => call(forUser(`ai_dub/${id}/source`), { signal });
export const cancel = id => call(`ai_dub/${id}/cancel`, { method: 'POST', body: withUser({}) });
export const remove = id => call(forUser(`ai_dub/${id}`), { method: 'DELETE' });
export const retry = id => call(`ai_dub/${id}/retry`, { method: 'POST', body: withUser({}) });
export const segments = (id, signal) => call(forUser(`ai_dub/${id}/segments`), { signal });
export const editSegment = (id, index, edit) => call(`ai_dub/${id}/segments/${index}`, { method: 'PATCH', body: withUser(edit) });
export const render = (id, wish) => call(`ai_dub/${id}/render`, { method: 'POST', body: withUser(wish) });

/** Submits an order; `key` makes sure that it is taken once, however often it is sent. */
export const submit = (order, key, signal) =>
  call('ai_dub', { method: 'POST', body: withUser(order), signal, more: { 'Idempotency-Key': key } });

/** What a voice says, as a Blob. */
export async function preview(fields, signal) {
  const response = await send(forUser(`ai_dub/voices/preview?${query(fields)}`), { signal, accept: 'audio/wav, */*' });
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => null));
  return response.blob();
}
