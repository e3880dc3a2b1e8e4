// Follows a dub to its end: by server-sent events where the service has them, else by polling.

import { ApiError, forUser, poll, send } from './api.js';
import { eventsOf } from './events.js';
import { features } from './features.js';

const pollSeconds = 0.7;
const longestWaitSeconds = 15;
const passing = new Set([0, 429, 503]);

/** Tells `running` of every answer on the way and answers the final response; throws what the dub failed with. */
export async function follow(id, running, signal) {
  if ((await features()).events) {
    const final = await followEvents(id, running, signal);
    if (final) return final;
  }
  return followPolls(id, running, signal);
}

// Null where there is no such endpoint.
async function followEvents(id, running, signal) {
  let last = null;
  for (let faults = 0; ;) {
    try {
      const response = await open(id, last, signal);
      // The end was told before the connection was lost, and did not arrive whole.
      if (response.status === 204) last = null;
      for await (const { id: number, event, data } of response.status === 204 ? [] : eventsOf(response.body)) {
        faults = 0;
        last = number ?? last;
        const body = JSON.parse(data);
        if (event === 'progress') running(body);
        if (event === 'complete') return body;
        if (event === 'failed') throw new ApiError(body.status ?? 500, body);
      }
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof ApiError && error.isMissingRoute) return null;
      if (error instanceof ApiError && !passing.has(error.status)) throw error;
    }
    await pause(Math.min(longestWaitSeconds, 0.5 * 2 ** faults++), signal);
  }
}

async function open(id, last, signal) {
  const response = await send(forUser(`ai_dub/${id}/events`), {
    accept: 'text/event-stream, application/json',
    more: last === null ? {} : { 'Last-Event-ID': last },
    signal,
  });
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => null));
  return response;
}

async function followPolls(id, running, signal) {
  for (let faults = 0; ;) {
    try {
      const answer = await poll(id, signal);
      faults = 0;
      if (answer.result_url) return answer;
      running(answer);
      await pause(pollSeconds, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof ApiError) || !passing.has(error.status)) throw error;
      running({ waiting: error.message });
      await pause(Math.min(longestWaitSeconds, 2 ** faults++), signal);
    }
  }
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}
