// Sends a file, telling how much of it has gone.

import { ApiError, addressOf, forUser, headers } from './api.js';
import { isBack, untilBack } from './online.js';
import { askToken, currentToken } from './session.js';

/** Uploads a file and answers the address to submit, with the file's name in it for lists. `sent` is told shares of 1. */
export async function upload(file, sent, signal) {
  for (;;) {
    const token = currentToken();
    const { status, body, seconds } = await attempt(file, sent, signal);
    if (status === 0 || status === 503) {
      await untilBack(status, seconds, signal);
      continue;
    }
    isBack();
    if (status === 200) return named(body.source_video_url, file.name);
    if (status !== 401) throw new ApiError(status, body);
    await askToken(body, token);
  }
}

// fetch does not tell how far an upload is.
function attempt(file, sent, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file, file.name);
    request.open('POST', addressOf(forUser('ai_dub/uploads')));
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.onprogress = event => event.lengthComputable && sent(event.loaded / event.total);
    request.onload = () => resolve({
      status: request.status, body: request.response, seconds: Number(request.getResponseHeader('Retry-After')) || 2,
    });
    request.onerror = () => resolve({ status: 0, seconds: 0 });
    request.onabort = () => reject(new DOMException('Aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

// The service goes by the key and the signature, and keeps the address as it was sent.
const named = (address, name) => `${address}${address.includes('?') ? '&' : '?'}name=${encodeURIComponent(name)}`;
