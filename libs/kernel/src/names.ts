import type { Uuid } from './ids.js';

/** Names for sentences. An id that is not registered is shown as itself. */
export interface Names {
  readonly organ: (id: Uuid) => string;
  readonly person: (id: Uuid) => string;
}
