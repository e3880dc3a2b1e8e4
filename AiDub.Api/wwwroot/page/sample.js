// A video of the service's own, for who has none at hand.

import { byId, show } from './dom.js';
import { features } from './features.js';

/** Offers it where there is one; `take` is told its address when it is wanted. */
export async function startSample(take) {
  const { sample_video_url: address } = await features();
  byId('sample').onclick = () => take(address);
  show(byId('sample'), Boolean(address));
}
