// Whether the service answers: said at once when it does not, and waited for.

import { announce, byId, show } from './dom.js';

const longestWaitSeconds = 4;
const words = {
  0: 'The service does not answer. This page goes on by itself when it is back; nothing that you typed is lost.',
  503: 'The service waits for something that it depends on. This page goes on by itself when that is back.',
};

/** Waits until it is worth asking again; `status` is 0 when nothing was answered, and `seconds` how long the answer said to wait. */
export async function untilBack(status, seconds, signal) {
  tell(words[status] ?? words[503]);
  if (status) return pause(seconds, signal);
  for (let wait = 0.5; ; wait = Math.min(longestWaitSeconds, wait * 1.5)) {
    await pause(wait, signal);
    if (await lives(signal)) return;
  }
}

/** Takes back that the service is away. */
export function isBack() {
  if (byId('away').hidden) return;
  show(byId('away'), false);
  announce('The service is back.');
}

function tell(text) {
  if (!byId('away').hidden && byId('away').textContent === text) return;
  byId('away').textContent = text;
  show(byId('away'));
}

async function lives(signal) {
  try {
    return (await fetch(new URL('health/live', document.baseURI), { signal, cache: 'no-store' })).ok;
  } catch (error) {
    if (signal?.aborted) throw error;
    return false;
  }
}

/** Waits; rejected when the signal is aborted. */
export function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => { clearTimeout(timer); reject(signal.reason); };
    const timer = setTimeout(() => { signal?.removeEventListener('abort', stop); resolve(); }, seconds * 1000);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
