// What this service can do and takes.

import { capabilities } from './api.js';

let known;

/** The capabilities, asked for once; `can(operation)` says whether there is one, such as `POST /ai_dub/{request_id}/render`. */
export function features() {
  known ??= capabilities().then(
    told => ({ ...told, can: operation => told.operations.includes(operation) }),
    error => { known = undefined; throw error; });
  return known;
}
