// Follows a dub to its end by server-sent events, or by asking where too many streams are open.

import { ApiError, dub, forUser, send } from './api.js';
import { eventsOf } from './events.js';
import { pause } from './online.js';

const askSeconds = 1;
const longestWaitSeconds = 15;
const running = new Set(['queued', 'running']);

/** Tells `told` of every answer on the way; returns once the dub has ended, however it did. */
export async function follow(id, told, signal) {
  let last = null;
  for (let faults = 0; ;) {
    try {
      const response = await send(forUser(`ai_dub/${id}/events`), {
        accept: 'text/event-stream, application/json',
        more: last === null ? {} : { 'Last-Event-ID': last },
        signal,
      });
      if (response.status === 204) return;
      if (response.status === 429) return await ask(id, told, signal);
      if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => null));
      for await (const { id: number, event, data } of eventsOf(response.body)) {
        faults = 0;
        last = number ?? last;
        if (event === 'complete' || event === 'failed') return;
        if (event === 'progress') told(JSON.parse(data));
      }
    } catch (error) {
      if (signal.aborted || error instanceof ApiError) throw error;
    }
    // The stream broke off; the next request finds out whether the service is there.
    await pause(faults ? Math.min(longestWaitSeconds, 0.5 * 2 ** faults) : 0.1, signal);
    faults++;
  }
}

async function ask(id, told, signal) {
  for (;;) {
    const answer = await dub(id, signal);
    if (!running.has(answer.state)) return;
    told(answer);
    await pause(askSeconds, signal);
  }
}
