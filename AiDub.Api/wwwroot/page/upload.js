// Sends a file, telling how much of it has gone.

import { ApiError, addressOf, forUser, headers } from './api.js';
import { askToken } from './session.js';

/** Uploads a file and answers the address to submit. `sent` is told shares of 1. */
export async function upload(file, sent, signal) {
  for (;;) {
    const { status, body } = await attempt(file, sent, signal);
    if (status === 200) return body.source_video_url;
    if (status !== 401) throw new ApiError(status, body);
    await askToken(body);
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
    request.onload = () => resolve({ status: request.status, body: request.response });
    request.onerror = () => reject(new ApiError(0));
    request.onabort = () => reject(new DOMException('Aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
